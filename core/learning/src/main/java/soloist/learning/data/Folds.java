package soloist.learning.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Parts rows for learning and testing. Rows of one time only: what is to be foretold is tested on a
 * later time than it was learnt from.
 */
public final class Folds {
  private Folds() {}

  /** The numbers of the rows to learn from and of those to test on, rising. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Split(int[] learn, int[] test) {}

  /** Each row is tested once; each part has about the same share of each class. */
  public static List<Split> stratified(int[] classes, int parts, long seed) {
    int[] part = parts(classes, parts, seed);
    List<Split> splits = new ArrayList<>();
    for (int each = 0; each < parts; each++) {
      int at = each;
      splits.add(
          new Split(
              IntStream.range(0, part.length).filter(i -> part[i] != at).toArray(),
              IntStream.range(0, part.length).filter(i -> part[i] == at).toArray()));
    }
    return splits;
  }

  /** One part of {@code parts} to test on; the usual 80 to 20 is one of five. */
  public static Split one(int[] classes, int parts, long seed) {
    return stratified(classes, parts, seed).getFirst();
  }

  /** About so many rows, with the share of each class that all have. */
  public static int[] drawn(int[] classes, int count, long seed) {
    int parts = Math.max(1, (int) Math.ceil((double) classes.length / count));
    int[] part = parts(classes, parts, seed);
    return IntStream.range(0, part.length).filter(i -> part[i] == 0).toArray();
  }

  private static int[] parts(int[] classes, int parts, long seed) {
    Random random = new Random(seed);
    int[] order = IntStream.range(0, classes.length).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    int[] dealt = new int[Arrays.stream(classes).max().orElse(0) + 1];
    int[] part = new int[classes.length];
    for (int row : order) {
      part[row] = dealt[classes[row]]++ % parts;
    }
    return part;
  }

  /** The classes of some rows. */
  public static int[] of(int[] classes, int[] rows) {
    return IntStream.of(rows).map(row -> classes[row]).toArray();
  }
}
