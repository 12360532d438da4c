package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a query finds its documents.
 *
 * @param index the index read, or null for the documents themselves, which lie in order of {@code
 *     _id}
 * @param ranges the stretches of keys read, ascending and apart from each other
 * @param reverse read from the end
 * @param ordered the documents come in the order asked for
 * @param exact what lies in the ranges is what matches, each document once
 */
record Plan(
    @Nullable StoredIndex index,
    List<KeyRange> ranges,
    boolean reverse,
    boolean ordered,
    boolean exact) {

  /**
   * Keys from, inclusive, to, exclusive; null is without end.
   *
   * @param from the first key
   * @param to the key after the last
   */
  @SuppressWarnings("ArrayRecordComponent")
  record KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
    static final KeyRange ALL = new KeyRange(null, null);

    static KeyRange prefix(byte[] prefix) {
      return prefix.length == 0 ? ALL : new KeyRange(prefix, KeyBytes.after(prefix));
    }

    boolean isAll() {
      return from == null && to == null;
    }
  }

  boolean isScan() {
    return index == null && ranges.size() == 1 && ranges.getFirst().isAll();
  }

  /** A stretch around one whole {@code _id} holds that document or none. */
  boolean isPoint(KeyRange stretch) {
    byte[] from = stretch.from();
    byte[] to = stretch.to();
    return index == null
        && from != null
        && to != null
        && from.length > 1
        && KeyBytes.isAfter(from, to);
  }

  /** Whether each document is looked up by its {@code _id}. */
  boolean namesAll() {
    return ranges.stream().allMatch(this::isPoint);
  }

  /** In the words of MongoDB's explain. */
  Document explained(boolean sorted) {
    var plan = new Document();
    if (isScan()) {
      plan.append("stage", "COLLSCAN");
    } else if (index == null) {
      plan.append("stage", "IDHACK").append("indexName", "_id_");
    } else {
      plan.append("stage", "IXSCAN")
          .append("indexName", index.spec().name())
          .append("keyPattern", index.spec().key())
          .append("isMultiKey", index.spec().multikey());
    }
    plan.append("direction", reverse ? "backward" : "forward").append("ranges", ranges.size());
    return sorted && !ordered ? new Document("stage", "SORT").append("inputStage", plan) : plan;
  }
}
