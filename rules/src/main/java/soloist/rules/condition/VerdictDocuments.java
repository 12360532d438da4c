package soloist.rules.condition;

import java.util.LinkedHashMap;
import java.util.Map;

/** Explanations as neutral documents: condition, holds, saw and parts. */
public final class VerdictDocuments {

  private VerdictDocuments() {}

  public static Map<String, Object> write(Verdict verdict) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("condition", ConditionDocuments.write(verdict.condition()));
    document.put("holds", verdict.holds());
    document.put("saw", verdict.saw());
    document.put("parts", verdict.parts().stream().map(VerdictDocuments::write).toList());
    return document;
  }
}
