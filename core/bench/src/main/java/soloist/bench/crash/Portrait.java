package soloist.bench.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.Document;
import soloist.store.Values;

/**
 * Documents about a person as lines without what differs between two runs of the same load: ids of
 * profiles, entries and messages, revisions, and the instants at which something was journalled or
 * judged.
 */
final class Portrait {
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
                    "member of "
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

  /** What was told of the person, in the order of the journal. */
  static String events(List<Document> rows) {
    return rows.stream()
        .filter(row -> "api".equals(row.get("origin")))
        .sorted(Comparator.comparing(row -> row.getLong("position")))
        .map(row -> row.getString("_id"))
        .collect(Collectors.joining(" ", "told ", ""));
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
