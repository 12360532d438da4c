package soloist.connector.csv;

import java.io.IOException;
import java.util.List;

/** Finds the delimiter by which the first rows fall into equally many fields. */
final class Delimiters {
  private static final List<Character> CANDIDATES = List.of(',', ';', '\t', '|');
  private static final int ROWS = 100;
  private static final int CHARACTERS = 256 << 10;

  private Delimiters() {}

  static char character(String word) {
    return word.equals("TAB") ? '\t' : word.charAt(0);
  }

  static String word(char delimiter) {
    return delimiter == '\t' ? "TAB" : String.valueOf(delimiter);
  }

  /** A file of one column has a comma. */
  static char guess(Source source) throws IOException {
    char best = ',';
    double bestScore = 0;
    for (char candidate : CANDIDATES) {
      double score =
          score(
              Layout.beginning(
                  source, candidate, ROWS, CHARACTERS, fault -> fault == Fault.TOO_MANY_COLUMNS));
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  /** The share of rows as wide as the first, which names the columns; wider is better in a tie. */
  private static double score(List<List<String>> rows) {
    int width = rows.isEmpty() ? 1 : rows.getFirst().size();
    if (width == 1) {
      return 0;
    }
    long same = rows.stream().filter(row -> row.size() == width).count();
    return (double) same / rows.size() + Math.min(width, 100) / 10_000.0;
  }
}
