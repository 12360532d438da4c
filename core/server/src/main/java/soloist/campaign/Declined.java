package soloist.campaign;

import java.util.List;
import org.bson.Document;
import soloist.store.Values;

/** Why somebody did not enter, in one word, from the decision that is kept. */
public final class Declined {
  private static final List<String> PARTS =
      List.of("not-in-audience", "not-fresh", "entered-before");
  private static final String LEFT = "left-segment";
  private static final String OTHER = "other";

  private Declined() {}

  /** The first part of the entry condition that did not hold, unless a reason was noted. */
  public static String why(Document decision) {
    String noted = decision.getString("reason");
    if (noted != null) {
      return noted;
    }
    List<Document> parts = Values.documents(Values.document(decision, "verdict"), "parts");
    if (parts.size() == 2 && !Values.documents(parts.getFirst(), "parts").isEmpty()) {
      // An offer also asks whether the person is still in the segment.
      return parts.getFirst().getBoolean("holds")
          ? LEFT
          : first(Values.documents(parts.getFirst(), "parts"));
    }
    return first(parts);
  }

  private static String first(List<Document> parts) {
    for (int i = 0; i < Math.min(parts.size(), PARTS.size()); i++) {
      if (!parts.get(i).getBoolean("holds")) {
        return PARTS.get(i);
      }
    }
    return OTHER;
  }
}
