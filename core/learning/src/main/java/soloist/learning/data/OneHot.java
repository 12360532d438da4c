package soloist.learning.data;

import java.util.List;
import java.util.TreeSet;

/**
 * A column of words as one column of 0 and 1 a word. Words that were not there when it was learnt
 * are 0 everywhere.
 *
 * @param levels the words, sorted; the first has no column of its own, which the others imply
 */
public record OneHot(List<String> levels) {
  public OneHot {
    levels = List.copyOf(levels);
  }

  public static OneHot of(List<String> values) {
    return new OneHot(List.copyOf(new TreeSet<>(values)));
  }

  public int columns() {
    return Math.max(0, levels.size() - 1);
  }

  /** Writes the columns of one value into a row. */
  public void put(String value, double[] row, int from) {
    for (int i = 1; i < levels.size(); i++) {
      row[from + i - 1] = levels.get(i).equals(value) ? 1 : 0;
    }
  }
}
