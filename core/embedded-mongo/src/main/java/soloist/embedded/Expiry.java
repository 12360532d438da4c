package soloist.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;

/** Which documents the indexes of a collection let a server delete soon, or at once. */
final class Expiry {
  private static final Duration SOON = Duration.ofHours(1);

  private final List<Rule> rules = new ArrayList<>();

  /** A document goes when the date at this path is before that. */
  private record Rule(List<String> path, Instant before) {}

  Expiry(List<Document> indexes) {
    Instant soon = Instant.now().plus(SOON);
    for (Document index : indexes) {
      if (index.get("expireAfterSeconds") instanceof Number seconds) {
        String field = index.get("key", Document.class).keySet().iterator().next();
        rules.add(
            new Rule(List.of(field.split("\\.", -1)), soon.minusSeconds(seconds.longValue())));
      }
    }
  }

  boolean isNear(BsonDocument document) {
    return rules.stream().anyMatch(rule -> isNear(document, rule, 0));
  }

  private static boolean isNear(BsonValue value, Rule rule, int depth) {
    if (value.isArray()) {
      // The earliest date of an array counts.
      return value.asArray().stream().anyMatch(item -> isNear(item, rule, depth));
    }
    if (depth < rule.path().size()) {
      BsonValue inner = value.isDocument() ? value.asDocument().get(rule.path().get(depth)) : null;
      return inner != null && isNear(inner, rule, depth + 1);
    }
    return value.isDateTime()
        && Instant.ofEpochMilli(value.asDateTime().getValue()).isBefore(rule.before());
  }
}
