package soloist.learning.basket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What was asked for and what was found of it. */
final class Found {
  private final int least;
  private final int longest;
  private final int most;
  private final List<ItemSet> sets = new ArrayList<>();

  Found(int least, int longest, int most) {
    this.least = least;
    this.longest = longest;
    this.most = most;
  }

  int least() {
    return least;
  }

  int longest() {
    return longest;
  }

  /** Takes the first items of an array, in any order. */
  void add(int[] items, int length, int count) {
    if (sets.size() == most) {
      throw new Mining.TooMany(most);
    }
    int[] set = Arrays.copyOf(items, length);
    Arrays.sort(set);
    sets.add(new ItemSet(set, count));
  }

  List<ItemSet> sorted() {
    Collections.sort(sets);
    return List.copyOf(sets);
  }
}
