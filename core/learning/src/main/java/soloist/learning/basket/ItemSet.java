package soloist.learning.basket;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Items that come together, in ascending order.
 *
 * @param count how many baskets hold all of them
 */
@SuppressWarnings("ArrayRecordComponent")
public record ItemSet(int[] items, int count) implements Comparable<ItemSet> {

  /** The same items, without one of them, as a key. */
  static Key without(int[] items, int place) {
    int[] rest = new int[items.length - 1];
    System.arraycopy(items, 0, rest, 0, place);
    System.arraycopy(items, place + 1, rest, place, rest.length - place);
    return new Key(rest);
  }

  Key key() {
    return new Key(items);
  }

  /** Short ones first, then by their items. */
  @Override
  public int compareTo(ItemSet other) {
    int bySize = Integer.compare(items.length, other.items.length);
    return bySize != 0 ? bySize : Arrays.compare(items, other.items);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ItemSet set && count == set.count && Arrays.equals(items, set.items);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(items) + count;
  }

  @Override
  public String toString() {
    return Arrays.toString(items) + " " + count;
  }

  /** Items that can be looked up. */
  record Key(int[] items) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(items, key.items);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(items);
    }
  }
}
