package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Puts what a scan found in order where no index does, and cuts out the part asked for. */
final class Ordering {
  /** MongoDB's own bound on a sort in memory (manual: "Sort operations", blocking sort). */
  private static final long MOST_BYTES = 100L * 1024 * 1024;

  private Ordering() {}

  /**
   * @param skip how many to leave out first
   * @param limit how many at most; 0 for all
   */
  static Iterator<RawBson> apply(Scan scan, @Nullable Document sort, long skip, long limit) {
    Iterator<RawBson> found = scan;
    if (sort != null && !sort.isEmpty() && !scan.plan().ordered()) {
      found = sorted(scan, sort, limit == 0 ? 0 : skip + limit);
    }
    return cut(found, skip, limit);
  }

  private static Iterator<RawBson> cut(Iterator<RawBson> found, long skip, long limit) {
    for (long i = 0; i < skip && found.hasNext(); i++) {
      found.next();
    }
    if (limit == 0) {
      return found;
    }
    return new Iterator<>() {
      private long left = limit;

      @Override
      public boolean hasNext() {
        return left > 0 && found.hasNext();
      }

      @Override
      public RawBson next() {
        left--;
        return found.next();
      }
    };
  }

  /** A document with its place. The number keeps those that are equal in the order found. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Placed(byte[] key, long number, RawBson document) {
    static final Comparator<Placed> ORDER =
        Comparator.comparing(Placed::key, Arrays::compareUnsigned)
            .thenComparingLong(Placed::number);

    long size() {
      return key.length + document.bytes().length;
    }
  }

  private static Iterator<RawBson> sorted(Iterator<RawBson> found, Document sort, long most) {
    var fields = new ArrayList<IndexSpec.Field>();
    sort.keySet()
        .forEach(
            name ->
                fields.add(
                    new IndexSpec.Field(new FieldPath(name), Planner.ascending(sort, name))));
    var kept = new PriorityQueue<Placed>(Placed.ORDER.reversed());
    long size = 0;
    long number = 0;
    while (found.hasNext()) {
      RawBson document = found.next();
      var placed = new Placed(key(document, fields), number++, document);
      kept.add(placed);
      size += placed.size();
      if (most > 0 && kept.size() > most) {
        size -= kept.remove().size();
      }
      if (size > MOST_BYTES) {
        throw Refusal.of(
            292,
            "QueryExceededMemoryLimitNoDiskUseAllowed",
            "Sort exceeded memory limit of 104857600 bytes; give it an index or a limit");
      }
    }
    var all = new ArrayList<>(kept);
    all.sort(Placed.ORDER);
    return all.stream().map(Placed::document).iterator();
  }

  /** An array stands where its least item does, or its greatest when the field descends. */
  private static byte[] key(RawBson document, List<IndexSpec.Field> fields) {
    byte[] key = new byte[0];
    for (IndexSpec.Field field : fields) {
      // The keys of a descending field are flipped, so the first is the greatest item.
      key = KeyBytes.join(key, IndexKeys.of(List.of(field), document).keys().getFirst());
    }
    return key;
  }
}
