package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.backend.Missing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A dotted path such as {@code orders.total}, followed through documents and arrays the way MongoDB
 * does (manual: "Query an array of embedded documents"). Filters and index keys both walk by this
 * class, so that an index can never disagree with a scan.
 */
final class FieldPath {
  private final String dotted;
  private final List<String> steps;
  private final byte[] head;

  FieldPath(String dotted) {
    this.dotted = dotted;
    this.steps = List.of(dotted.split("\\.", -1));
    this.head = steps.getFirst().getBytes(UTF_8);
  }

  String dotted() {
    return dotted;
  }

  String first() {
    return steps.getFirst();
  }

  int length() {
    return steps.size();
  }

  @Nullable Object start(RawBson document) {
    return document.field(head);
  }

  /** The key of what this path leads to, if that is at the top of the document and no array. */
  byte @Nullable [] plainKey(RawBson document) {
    return steps.size() == 1 ? document.plainKey(head) : null;
  }

  /** True when there is something where this path starts, be it null. */
  boolean isPresent(RawBson document) {
    return document.type(head) != 0;
  }

  /** True when the two have the same bytes where this path starts. */
  boolean isSame(RawBson first, RawBson second) {
    return first.isSame(second, head);
  }

  /** One step from a document; {@link Missing} where there is none. */
  @Nullable Object step(@Nullable Object from, int step) {
    return from instanceof Map<?, ?> map
        ? map.containsKey(steps.get(step)) ? map.get(steps.get(step)) : Missing.getInstance()
        : Missing.getInstance();
  }

  /** The item a numeric step names, or {@link Missing}. */
  @Nullable Object item(Collection<?> items, int step) {
    String name = steps.get(step);
    if (name.isEmpty() || name.length() > 6 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Missing.getInstance();
    }
    int index = Integer.parseInt(name);
    return index < items.size() ? new ArrayList<>(items).get(index) : Missing.getInstance();
  }

  /**
   * True when one of the values at the end of this path passes: for an array its items, then the
   * array itself.
   */
  boolean any(RawBson document, Predicate<@Nullable Object> test) {
    return any(start(document), 1, test);
  }

  private boolean any(@Nullable Object value, int step, Predicate<@Nullable Object> test) {
    if (step == steps.size()) {
      if (value instanceof Collection<?> items) {
        for (Object item : items) {
          if (test.test(item)) {
            return true;
          }
        }
      }
      return test.test(value);
    }
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> && any(step(item, step), step + 1, test)) {
          return true;
        }
      }
      // An array without documents has nothing at the end of the path, not even null.
      Object at = item(items, step);
      return !(at instanceof Missing) && any(at, step + 1, test);
    }
    return any(step(value, step), step + 1, test);
  }

  @Override
  public String toString() {
    return dotted;
  }
}
