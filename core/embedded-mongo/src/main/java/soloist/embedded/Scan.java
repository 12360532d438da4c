package soloist.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of a plan one after the other. Each stretch of keys is read from the state it
 * had when it was begun, single documents from that of the first; a document found by an index is
 * read as it was just after its stretch was begun and judged again, so that nothing is returned
 * that does not match.
 */
final class Scan implements Iterator<RawBson> {
  /** Of so many stretches the ends are looked up to count what lies in them. */
  private static final int FEW = 64;

  /** So many single documents are read at once. */
  private static final int AT_ONCE = 512;

  private final Plan plan;
  private final Filter filter;
  private final LayeredMap documents;
  private final List<Plan.KeyRange> ranges;
  private final @Nullable Set<ByteBuffer> seen;
  private View.@Nullable Cursor cursor;
  private @Nullable View points;
  private final List<byte[]> keys = new ArrayList<>();
  private byte[] @Nullable [] values = {};
  private int single;
  private Plan.KeyRange range = Plan.KeyRange.ALL;
  private int begun;
  private @Nullable RawBson next;
  private long deadline = Long.MAX_VALUE;
  private long keysExamined;
  private long documentsExamined;

  /**
   * @param once for a caller who changes what is found: a document that moves to a stretch further
   *     on must not be found there again
   */
  Scan(Plan plan, Filter filter, LayeredMap documents, boolean once) {
    this.plan = plan;
    this.filter = filter;
    this.documents = documents;
    this.ranges = plan.reverse() ? plan.ranges().reversed() : plan.ranges();
    StoredIndex index = plan.index();
    boolean twice =
        index != null && (index.spec().multikey() || (once && plan.ranges().size() > 1));
    this.seen = twice ? new HashSet<>() : null;
  }

  /** Ends the reading with an error when this much time has passed; 0 is without limit. */
  Scan within(long milliseconds) {
    deadline = milliseconds == 0 ? Long.MAX_VALUE : System.nanoTime() + milliseconds * 1_000_000;
    return this;
  }

  Plan plan() {
    return plan;
  }

  /** How many there are, where that can be told without reading them. */
  OptionalLong counted() {
    StoredIndex index = plan.index();
    boolean few = plan.exact() && plan.ranges().size() <= FEW;
    return few
        ? OptionalLong.of((index == null ? documents : index.map()).view().count(plan.ranges()))
        : OptionalLong.empty();
  }

  long keysExamined() {
    return keysExamined;
  }

  long documentsExamined() {
    return documentsExamined;
  }

  /** Reads them all, but stops at this many, to count them. */
  long count(long most) {
    long count = 0;
    while (count < most && hasNext()) {
      next = null;
      count++;
    }
    return count;
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      View.Cursor open = cursor;
      if (open == null) {
        if (single < keys.size()) {
          byte[] value = value(single++);
          next = value == null ? null : document(value);
          continue;
        }
        if (begun == ranges.size()) {
          return false;
        }
        begin(ranges.get(begun));
        continue;
      }
      byte[] key = advance(open);
      if (key == null) {
        cursor = null;
        continue;
      }
      if ((++keysExamined & 0x7F) == 0
          && deadline != Long.MAX_VALUE
          && System.nanoTime() - deadline > 0) {
        throw Refusal.of(50, "MaxTimeMSExpired", "operation exceeded time limit");
      }
      next = plan.index() == null ? document(open.value()) : fetched(key);
    }
    return true;
  }

  @Override
  public RawBson next() {
    RawBson found = hasNext() ? next : null;
    if (found == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return found;
  }

  private void begin(Plan.KeyRange first) {
    if (plan.isPoint(first)) {
      readPoints();
      return;
    }
    begun++;
    range = first;
    StoredIndex index = plan.index();
    View view = (index == null ? documents : index.map()).view();
    cursor = view.cursor(plan.reverse() ? first.to() : first.from(), plan.reverse());
    if (index != null) {
      // After the entries, since a document is changed before them.
      points = documents.view();
    }
  }

  /** Reads the next single documents at once. */
  private void readPoints() {
    keys.clear();
    single = 0;
    while (begun < ranges.size() && keys.size() < AT_ONCE && plan.isPoint(ranges.get(begun))) {
      keys.add(ranges.get(begun++).from());
    }
    keysExamined += keys.size();
    if (points == null) {
      points = documents.view();
    }
    values = points.get(keys);
  }

  private byte @Nullable [] value(int at) {
    byte[] value = values[at];
    // So that what is handed on is not kept.
    values[at] = null;
    return value == View.NOT_READ && points != null ? points.get(keys.get(at)) : value;
  }

  private byte @Nullable [] advance(View.Cursor open) {
    while (open.next()) {
      byte[] key = open.key();
      byte[] from = range.from();
      byte[] to = range.to();
      if (plan.reverse()) {
        if (to != null && Arrays.compareUnsigned(key, to) >= 0) {
          continue;
        }
        return from != null && Arrays.compareUnsigned(key, from) < 0 ? null : key;
      }
      return to != null && Arrays.compareUnsigned(key, to) >= 0 ? null : key;
    }
    return null;
  }

  private @Nullable RawBson fetched(byte[] entry) {
    byte[] id = StoredIndex.idOf(entry);
    if (seen != null && !seen.add(ByteBuffer.wrap(id))) {
      return null;
    }
    byte[] value = points == null ? null : points.get(id);
    if (value == null) {
      return null;
    }
    documentsExamined++;
    var document = new RawBson(value);
    return filter.matches(document) ? document : null;
  }

  private @Nullable RawBson document(byte[] value) {
    documentsExamined++;
    var document = new RawBson(value);
    return plan.exact() || filter.matches(document) ? document : null;
  }
}
