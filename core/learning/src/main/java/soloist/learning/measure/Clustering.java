package soloist.learning.measure;

import java.util.Arrays;
import java.util.Random;
import soloist.learning.data.Matrix;

/**
 * How well rows are grouped, told from the rows alone, so all but {@link #agreement} are internal
 * measures. Rows in no group (a negative one) do not count.
 */
public final class Clustering {
  private Clustering() {}

  /**
   * Distances between pairs of rows.
   *
   * @param silhouettes by row, -1 to 1: how much nearer the own group is than the next one
   *     (Rousseeuw, J. Computational and Applied Mathematics 20, 1987); 0 for who is alone in his
   *     group, NaN for rows in none
   * @param within the mean distance of two rows of the same group; NaN without such a pair
   * @param between the mean distance of two rows of different groups; NaN without such a pair
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Pairs(double[] silhouettes, double within, double between) {
    /** The mean over the rows that are in a group. */
    public double silhouette() {
      return Arrays.stream(silhouettes).filter(each -> !Double.isNaN(each)).average().orElse(0);
    }

    /** The standard error of {@link #silhouette}, as of rows drawn one by one. */
    public double error() {
      double[] known = Arrays.stream(silhouettes).filter(each -> !Double.isNaN(each)).toArray();
      double mean = silhouette();
      double squares = Arrays.stream(known).map(each -> (each - mean) * (each - mean)).sum();
      return known.length < 2 ? Double.NaN : Math.sqrt(squares / (known.length - 1) / known.length);
    }
  }

  /**
   * Looks at each pair of rows.
   *
   * @param of by row its group
   */
  public static Pairs pairs(Matrix data, int[] of, int groups) {
    int rows = data.rows();
    double[] to = new double[rows * groups]; // by row and group the sum of distances
    int[] sizes = new int[groups];
    double within = 0;
    double between = 0;
    long pairsWithin = 0;
    long pairs = 0;
    for (int row = 0; row < rows; row++) {
      if (of[row] < 0) {
        continue;
      }
      for (int other = 0; other < row; other++) {
        if (of[other] < 0) {
          continue;
        }
        double distance = distance(data, row, other);
        to[row * groups + of[other]] += distance;
        to[other * groups + of[row]] += distance;
        pairs++;
        if (of[row] == of[other]) {
          within += distance;
          pairsWithin++;
        } else {
          between += distance;
        }
      }
      sizes[of[row]]++;
    }
    double[] silhouettes = new double[rows];
    for (int row = 0; row < rows; row++) {
      silhouettes[row] = of[row] < 0 ? Double.NaN : silhouette(to, row * groups, of[row], sizes);
    }
    return new Pairs(silhouettes, within / pairsWithin, between / (pairs - pairsWithin));
  }

  /**
   * The same of rows drawn at random where there are more than {@code most}: the cost grows with
   * the square of their number.
   */
  public static Pairs pairs(Matrix data, int[] of, int groups, int most, long seed) {
    if (data.rows() <= most) {
      return pairs(data, of, groups);
    }
    int[] drawn = draw(data.rows(), most, new Random(seed));
    int[] ofDrawn = Arrays.stream(drawn).map(row -> of[row]).toArray();
    return pairs(data.rows(drawn), ofDrawn, groups);
  }

  /** Rows without repetition, in ascending order (Knuth, TAOCP 2, 3.4.2, algorithm S). */
  public static int[] draw(int rows, int wanted, Random random) {
    int[] drawn = new int[Math.min(rows, wanted)];
    int found = 0;
    for (int row = 0; found < drawn.length; row++) {
      if (random.nextInt(rows - row) < drawn.length - found) {
        drawn[found++] = row;
      }
    }
    return drawn;
  }

  private static double silhouette(double[] to, int from, int own, int[] sizes) {
    if (sizes[own] < 2) {
      return 0;
    }
    double inside = to[from + own] / (sizes[own] - 1);
    double outside = Double.POSITIVE_INFINITY;
    for (int group = 0; group < sizes.length; group++) {
      if (group != own && sizes[group] > 0) {
        outside = Math.min(outside, to[from + group] / sizes[group]);
      }
    }
    double greater = Math.max(inside, outside);
    return Double.isInfinite(outside) || greater == 0 ? 0 : (outside - inside) / greater;
  }

  /**
   * How much of the spread lies between the groups, against what lies within: the index of Caliński
   * and Harabasz (Communications in Statistics 3(1), 1974). NaN with fewer than two groups.
   */
  public static double calinskiHarabasz(Matrix data, int[] of, int groups) {
    Spread spread = spread(data, of, groups);
    return spread.between()
        / (spread.filled() - 1)
        / (spread.within() / (spread.rows() - spread.filled()));
  }

  /** The part of the sum of squares that the groups explain, 0 to 1. */
  public static double explained(Matrix data, int[] of, int groups) {
    Spread spread = spread(data, of, groups);
    double all = spread.between() + spread.within();
    return all == 0 ? 0 : spread.between() / all;
  }

  private record Spread(double within, double between, int rows, int filled) {}

  private static Spread spread(Matrix data, int[] of, int groups) {
    int columns = data.columns();
    double[] sums = new double[groups * columns];
    int[] sizes = new int[groups];
    double[] all = new double[columns];
    int rows = 0;
    for (int row = 0; row < data.rows(); row++) {
      if (of[row] >= 0) {
        rows++;
        sizes[of[row]]++;
        for (int column = 0; column < columns; column++) {
          sums[of[row] * columns + column] += data.at(row, column);
          all[column] += data.at(row, column);
        }
      }
    }
    double between = 0;
    int filled = 0;
    for (int group = 0; group < groups; group++) {
      filled += sizes[group] > 0 ? 1 : 0;
      for (int column = 0; column < columns && sizes[group] > 0; column++) {
        double difference = sums[group * columns + column] / sizes[group] - all[column] / rows;
        between += sizes[group] * difference * difference;
      }
    }
    double within = 0;
    for (int row = 0; row < data.rows(); row++) {
      if (of[row] >= 0) {
        for (int column = 0; column < columns; column++) {
          double difference =
              data.at(row, column) - sums[of[row] * columns + column] / sizes[of[row]];
          within += difference * difference;
        }
      }
    }
    return new Spread(within, between, rows, filled);
  }

  /**
   * How far two groupings of the same rows agree, whatever their numbers: the Rand index, adjusted
   * so that chance gives 0 (Hubert and Arabie, J. Classification 2, 1985); 1 is the same. Rows in
   * no group are one more group.
   */
  public static double agreement(int[] one, int[] other) {
    int ones = Arrays.stream(one).max().orElse(0) + 2;
    int others = Arrays.stream(other).max().orElse(0) + 2;
    long[][] both = new long[ones][others];
    long[] first = new long[ones];
    long[] second = new long[others];
    for (int row = 0; row < one.length; row++) {
      both[one[row] + 1][other[row] + 1]++;
      first[one[row] + 1]++;
      second[other[row] + 1]++;
    }
    double together = 0;
    for (long[] cells : both) {
      together += pairs(cells);
    }
    double expected = pairs(first) * pairs(second) / pairs(new long[] {one.length});
    double most = (pairs(first) + pairs(second)) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(long[] counts) {
    return Arrays.stream(counts).mapToDouble(count -> count * (count - 1) / 2.0).sum();
  }

  /**
   * Where a falling curve bends most: the value farthest below the line from its first to its last
   * (Satopää, Albrecht, Irwin, Raghavan, ICDCS Workshops 2011).
   *
   * @param falling at least one
   */
  public static int elbow(double[] falling) {
    int last = falling.length - 1;
    double drop = falling[0] - falling[last];
    int bend = 0;
    double most = 0;
    for (int i = 1; i < last && drop > 0; i++) {
      double below = 1 - (double) i / last - (falling[i] - falling[last]) / drop;
      if (below > most) {
        most = below;
        bend = i;
      }
    }
    return bend;
  }

  private static double distance(Matrix data, int row, int other) {
    int columns = data.columns();
    double[] values = data.values();
    int from = row * columns;
    int to = other * columns;
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      double difference = values[from + column] - values[to + column];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
