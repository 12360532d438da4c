package soloist.rules.condition;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soloist.rules.condition.Condition.All;
import soloist.rules.condition.Condition.Any;
import soloist.rules.condition.Condition.Comparison;
import soloist.rules.condition.Condition.Consented;
import soloist.rules.condition.Condition.Did;
import soloist.rules.condition.Condition.EnteredBefore;
import soloist.rules.condition.Condition.Fresh;
import soloist.rules.condition.Condition.InSegment;
import soloist.rules.condition.Condition.Not;
import soloist.rules.condition.Condition.Recent;
import soloist.rules.condition.Condition.Responded;
import soloist.rules.condition.Condition.TraitIs;
import soloist.rules.document.Fields;
import soloist.rules.document.InvalidDocument;

/** Conditions as neutral documents; {@code rules/README.md} shows the form of each kind. */
public final class ConditionDocuments {

  private ConditionDocuments() {}

  /**
   * @throws InvalidDocument for anything but a well-formed condition
   */
  public static Condition read(Map<String, Object> document) {
    return read(Fields.of(document, ""));
  }

  /** Reads a condition inside another document. */
  public static Condition read(Fields document) {
    return new ConditionReader(false).read(document);
  }

  public static Map<String, Object> write(Condition condition) {
    Map<String, Object> document = new LinkedHashMap<>();
    switch (condition) {
      case All(List<Condition> of) -> document.put("all", written(of));
      case Any(List<Condition> of) -> document.put("any", written(of));
      case Not(Condition of) -> document.put("not", write(of));
      case Did did -> {
        document.put("did", did.event());
        did.where().ifPresent(where -> document.put("where", written(where)));
        document.put("atLeast", did.atLeast());
        document.put("within", Fields.written(did.within()));
      }
      case TraitIs leaf -> {
        document.put("trait", leaf.trait());
        document.put("comparison", word(leaf.comparison()));
        putValue(document, leaf.value());
      }
      case Recent recent -> {
        document.put("recent", recent.trait());
        document.put("within", Fields.written(recent.within()));
      }
      case InSegment(String segment) -> document.put("inSegment", segment);
      case Consented(String purpose) -> document.put("consented", purpose);
      case Responded(String step, String event) -> {
        document.put("responded", event);
        document.put("step", step);
      }
      case EnteredBefore leaf -> {
        document.put("enteredBefore", leaf.campaign());
        leaf.within().ifPresent(within -> document.put("within", Fields.written(within)));
      }
      case Fresh fresh -> document.put("fresh", Fields.written(fresh.within()));
    }
    return document;
  }

  static String word(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> "equal";
      case LESS -> "less";
      case AT_LEAST -> "atLeast";
    };
  }

  static String word(Where.Match match) {
    return switch (match) {
      case IS -> "is";
      case CONTAINS -> "contains";
      case STARTS_WITH -> "startsWith";
    };
  }

  private static Map<String, Object> written(Where where) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("property", where.property());
    document.put("match", word(where.match()));
    document.put("value", where.value());
    return document;
  }

  private static List<Map<String, Object>> written(List<Condition> of) {
    return of.stream().map(ConditionDocuments::write).toList();
  }

  /** Numbers are texts, because JSON and BSON would round them. */
  private static void putValue(Map<String, Object> document, Object value) {
    switch (value) {
      case String text -> put(document, text, "text");
      case BigDecimal number -> put(document, number.toString(), "number");
      case Boolean truth -> put(document, truth, "boolean");
      case Instant instant -> put(document, instant.toString(), "instant");
      default ->
          throw new IllegalArgumentException("a trait is never a " + value.getClass().getName());
    }
  }

  private static void put(Map<String, Object> document, Object value, String type) {
    document.put("value", value);
    document.put("type", type);
  }
}
