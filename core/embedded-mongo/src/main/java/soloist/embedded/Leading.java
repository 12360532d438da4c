package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The front of a pipeline that a scan can do by itself, and what is left of it. */
final class Leading {
  private final Document query = new Document();
  private @Nullable Document sort;
  private long skip;
  private long limit;
  private List<Document> rest;

  private Leading(List<Document> pipeline) {
    rest = pipeline;
  }

  static Leading of(List<Document> pipeline) {
    var leading = new Leading(pipeline);
    var matches = new ArrayList<Document>();
    while (leading.next("$match") instanceof Document match) {
      matches.add(match);
      leading.advance();
    }
    if (!matches.isEmpty()) {
      leading.query.put("$and", matches);
    }
    if (leading.next("$sort") instanceof Document sort) {
      leading.sort = sort;
      leading.advance();
    }
    List<Document> before = leading.rest;
    if (leading.next("$skip") instanceof Number skip && leading.sort == null) {
      leading.skip = skip.longValue();
      leading.advance();
    }
    if (leading.next("$limit") instanceof Number limit && limit.longValue() > 0) {
      leading.limit = limit.longValue();
      leading.advance();
    }
    if (leading.skip > 0 && !leading.isCount()) {
      leading.rest = before;
      leading.skip = 0;
      leading.limit = 0;
    }
    return leading;
  }

  private @Nullable Object next(String stage) {
    return rest.isEmpty() ? null : rest.getFirst().get(stage);
  }

  private void advance() {
    rest = rest.subList(1, rest.size());
  }

  /** What {@code countDocuments} sends: one group of everything with a sum of ones. */
  boolean isCount() {
    return rest.size() == 1
        && sort == null
        && next("$group") instanceof Document group
        && group.keySet().equals(Set.of("_id", "n"))
        && group.get("_id") instanceof Number
        && group.get("n") instanceof Document sum
        && sum.equals(new Document("$sum", 1));
  }

  @Nullable Document counted(long n) {
    Object id = Part.document(rest.getFirst(), "$group").get("_id");
    return n == 0 ? null : new Document("_id", id).append("n", narrow(n));
  }

  Document query() {
    return query;
  }

  @Nullable Document sort() {
    return sort;
  }

  long skip() {
    return skip;
  }

  long limit() {
    return limit;
  }

  List<Document> rest() {
    return rest;
  }

  /** The smaller of the two types of whole numbers that holds it, as MongoDB counts. */
  static Number narrow(long n) {
    if (n <= Integer.MAX_VALUE) {
      return (int) n;
    }
    return n;
  }
}
