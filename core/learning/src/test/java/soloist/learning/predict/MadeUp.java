package soloist.learning.predict;

import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/** Rows of which it is known what the class hangs on. */
final class MadeUp {
  static final int ROWS = 400;
  static final Matrix MADE_UP = rows(1);
  static final int[] OF = of(MADE_UP, 1);

  /** The class hangs on the first column and a bit on the second; the third is noise. */
  static Matrix rows(long seed) {
    return new Matrix(
        ROWS, 3, new Random(seed).doubles(3L * ROWS).map(each -> 4 * each - 2).toArray());
  }

  static int[] of(Matrix rows, long seed) {
    Random random = new Random(seed + 100);
    return IntStream.range(0, rows.rows())
        .map(
            row -> {
              double odds = 2 * rows.at(row, 0) + rows.at(row, 1);
              return random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
            })
        .toArray();
  }

  static boolean[] came(int[] of) {
    boolean[] came = new boolean[of.length];
    for (int i = 0; i < of.length; i++) {
      came[i] = of[i] == 1;
    }
    return came;
  }

  private MadeUp() {}
}
