package soloist.bench.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.Document;
import soloist.lane.Row;
import soloist.store.Values;

/**
 * Documents about a person as lines without what differs between two runs of the same load: ids of
 * profiles, entries and messages, revisions, and the instants at which something was journalled or
 * judged.
 */
final class Portrait {
  private static final Set<String> OF_MERGES = Set.of(Row.LINKED, Row.ABSORBED);

  private Portrait() {}

  static List<String> lines(Document profile) {
    List<String> lines = new ArrayList<>();
    for (String part : List.of("identifiers", "traits", "consents", "windows")) {
      new TreeMap<>(Values.document(profile, part))
          .forEach((key, value) -> lines.add(part + " " + key + " " + text(value)));
    }
    Values.document(profile, "memberships")
        .forEach(
            (segment, membership) ->
                lines.add(
                    isSeveral(profile)
                        ? "member of " + segment
                        : "member of "
                            + segment
                            + " because of "
                            + cause((Document) membership, "cause")));
    for (Document journey : Values.documents(profile, "journeys")) {
      lines.add(
          "in %s version %s at step %s, answered %s"
              .formatted(
                  journey.get("campaign"),
                  journey.get("version"),
                  journey.get("step"),
                  journey.get("responses")));
    }
    lines.add("has entered " + new TreeMap<>(Values.document(profile, "entered")).keySet());
    lines.add("first seen " + profile.get("firstSeen") + ", due " + profile.get("dueAt"));
    return lines;
  }

  /**
   * Who was several has rows in several partitions, and may be a member for what one of them did or
   * for being one.
   */
  private static boolean isSeveral(Document profile) {
    return !Values.documents(profile, "parts").isEmpty();
  }

  /** What was told of the person, in the order of the journal where that is one. */
  static String events(Document profile, List<Document> rows) {
    Comparator<Document> order =
        isSeveral(profile)
            ? Comparator.comparing(Portrait::told)
            : Comparator.comparing(row -> row.getLong("position"));
    return rows.stream()
        .filter(row -> "api".equals(row.get("origin")) && !OF_MERGES.contains(row.get("type")))
        .sorted(order)
        .map(Portrait::told)
        .distinct()
        .collect(Collectors.joining(" ", "told ", ""));
  }

  /** Under which id a row was told that may have been journalled again. */
  private static String told(Document row) {
    String id = row.getString("_id");
    return Row.MOVED.equals(row.get("type")) ? id.substring(0, id.lastIndexOf(" @")) : id;
  }

  /** How many orders a person has. */
  static long orders(Document profile) {
    Document counted = Values.document(Values.document(profile, "traits"), "orders");
    return counted.get("value") instanceof Number number ? number.longValue() : 0;
  }

  static String decision(Document decision) {
    Document verdict = Values.document(decision, "verdict");
    return "decided %s by %s at step %s, because of %s, which was %s"
        .formatted(
            decision.get("kind"),
            decision.get("rule"),
            decision.get("step"),
            cause(Values.document(decision, "cause"), "event"),
            verdict.get("holds"));
  }

  static String message(Document row, Set<String> doubtful) {
    boolean counts =
        "uncertain".equals(row.get("state")) && doubtful.contains(row.getString("_id"));
    return "message %s/%s version %s: %s"
        .formatted(
            row.get("campaign"),
            row.get("step"),
            row.get("version"),
            counts ? "sent" : row.get("state"));
  }

  private static String cause(Document document, String key) {
    String cause = String.valueOf(document.get(key));
    return cause.startsWith("due:") ? "due" : cause;
  }

  private static String text(Object value) {
    return value instanceof Document document
        ? new TreeMap<>(document).toString()
        : String.valueOf(value);
  }
}
