package soloist.learning.cluster;

import java.util.Arrays;
import soloist.learning.data.Matrix;

/**
 * Lloyd's iterations: every row to its nearest centre, every centre to the middle of its rows,
 * again until nothing changes. By the bounds of Hamerly ("Making k-means even faster", SDM 2010)
 * most rows need not be looked at: {@code upper} is never less than the distance to the own centre,
 * {@code lower} never more than that to the second nearest. What is added up changes only by the
 * rows that change their group.
 */
final class Lloyd {
  private final KMeans.Search search;
  private final int rows;
  private final int columns;
  private final int groups;
  private final double[] values;
  private final double[] centres;
  private final int[] of;
  private final double[] upper;
  private final double[] lower;
  private final double[] sums;
  private final long[] sizes;
  private final double[] moved; // by group how far its centre went in the last move
  private final double[] half; // by group half the distance to the nearest other centre
  private int farthest; // the group whose centre went farthest
  private double most;
  private double second;

  Lloyd(Matrix data, Matrix start, KMeans.Search search) {
    this.search = search;
    rows = data.rows();
    columns = data.columns();
    groups = search.groups();
    values = data.values();
    centres = start.values().clone();
    of = new int[rows];
    upper = new double[rows];
    lower = new double[rows];
    sums = new double[groups * columns];
    sizes = new long[groups];
    moved = new double[groups];
    half = new double[groups];
  }

  KMeans.Found run() {
    double enough = search.tolerance() == 0 ? 0 : search.tolerance() * variance();
    assign();
    int iteration = 0;
    double shift;
    boolean isChanged;
    do {
      shift = move();
      isChanged = reassign();
      iteration++;
    } while (isChanged
        && shift > enough
        && iteration < search.iterations()
        && search.goesOn().getAsBoolean());
    total();
    move();
    double inertia = assign();
    return new KMeans.Found(
        new Matrix(groups, columns, centres), new Grouping(groups, of), inertia, iteration);
  }

  /** Every row to its nearest centre, without any bound; the sum of squared distances. */
  private double assign() {
    double[] inertia = new double[Chunks.count(rows)];
    Chunks.each(
        rows,
        search.threads(),
        (chunk, from, to) -> {
          Nearest nearest = Nearest.in(values, columns, centres, groups);
          int[] block = new int[Nearest.BLOCK];
          for (int first = from; first < to; first += block.length) {
            int count = Math.min(block.length, to - first);
            for (int each = 0; each < count; each++) {
              block[each] = first + each;
            }
            nearest.find(block, count);
            for (int each = 0; each < count; each++) {
              settle(block[each], nearest, each);
              inertia[chunk] += nearest.least[each];
            }
          }
        });
    total();
    return Arrays.stream(inertia).sum();
  }

  /** Takes what was found of a row and sets both of its bounds. */
  private void settle(int row, Nearest nearest, int at) {
    of[row] = nearest.group[at];
    upper[row] = Math.sqrt(nearest.least[at]);
    lower[row] = Math.sqrt(nearest.next[at]);
  }

  /** Adds all rows up by group, so that no rounding of the steps before is left. */
  private void total() {
    double[][] parts = new double[Chunks.count(rows)][];
    long[][] counts = new long[parts.length][];
    Chunks.each(
        rows,
        search.threads(),
        (chunk, from, to) -> {
          double[] part = new double[groups * columns];
          long[] count = new long[groups];
          for (int row = from; row < to; row++) {
            add(part, row, of[row], 1);
            count[of[row]]++;
          }
          parts[chunk] = part;
          counts[chunk] = count;
        });
    Arrays.fill(sums, 0);
    Arrays.fill(sizes, 0);
    for (int chunk = 0; chunk < parts.length; chunk++) {
      take(parts[chunk], counts[chunk]);
    }
  }

  /** Every centre to the middle of its rows; the sum of the squared moves. */
  private double move() {
    double shift = 0;
    farthest = 0;
    most = 0;
    second = 0;
    for (int group = 0; group < groups; group++) {
      double squared = sizes[group] == 0 ? settleAnew(group) : toMiddle(group);
      shift += squared;
      moved[group] = Math.sqrt(squared);
      if (moved[group] > most) {
        second = most;
        most = moved[group];
        farthest = group;
      } else {
        second = Math.max(second, moved[group]);
      }
    }
    for (int group = 0; group < groups; group++) {
      double least = Double.POSITIVE_INFINITY;
      for (int other = 0; other < groups; other++) {
        if (other != group) {
          least =
              Math.min(
                  least,
                  Distance.squared(centres, group * columns, centres, other * columns, columns));
        }
      }
      half[group] = Math.sqrt(least) / 2;
    }
    return shift;
  }

  private double toMiddle(int group) {
    double squared = 0;
    for (int column = 0; column < columns; column++) {
      int cell = group * columns + column;
      double middle = sums[cell] / sizes[group];
      squared += (middle - centres[cell]) * (middle - centres[cell]);
      centres[cell] = middle;
    }
    return squared;
  }

  /** A centre that lost all its rows goes to the row that is worst off. */
  private double settleAnew(int group) {
    int worst = 0;
    for (int row = 1; row < rows; row++) {
      worst = upper[row] > upper[worst] ? row : worst;
    }
    double squared = Distance.squared(values, worst * columns, centres, group * columns, columns);
    System.arraycopy(values, worst * columns, centres, group * columns, columns);
    return squared;
  }

  /** Every row that may have another nearest centre by now; whether one has. */
  private boolean reassign() {
    double[][] parts = new double[Chunks.count(rows)][];
    long[][] counts = new long[parts.length][];
    Chunks.each(
        rows,
        search.threads(),
        (chunk, from, to) -> {
          double[] part = new double[groups * columns];
          long[] count = new long[groups];
          boolean isChanged = false;
          Nearest nearest = Nearest.in(values, columns, centres, groups);
          int[] block = new int[Nearest.BLOCK];
          int waiting = 0;
          for (int row = from; row < to; row++) {
            if (mayLeave(row)) {
              block[waiting++] = row;
            }
            if (waiting == block.length || row == to - 1) {
              nearest.find(block, waiting);
              for (int each = 0; each < waiting; each++) {
                int before = of[block[each]];
                settle(block[each], nearest, each);
                isChanged |= regroup(block[each], before, part, count);
              }
              waiting = 0;
            }
          }
          if (isChanged) {
            parts[chunk] = part;
            counts[chunk] = count;
          }
        });
    boolean isChanged = false;
    for (int chunk = 0; chunk < parts.length; chunk++) {
      if (parts[chunk] != null) {
        isChanged = true;
        take(parts[chunk], counts[chunk]);
      }
    }
    return isChanged;
  }

  /** Brings the bounds of a row up to date; false when they show that it stays where it is. */
  private boolean mayLeave(int row) {
    int group = of[row];
    double above = upper[row] + moved[group];
    double below = lower[row] - (group == farthest ? second : most);
    double safe = Math.max(half[group], below);
    if (above > safe) {
      above = Math.sqrt(Distance.squared(values, row * columns, centres, group * columns, columns));
    }
    upper[row] = above;
    lower[row] = below;
    return above > safe;
  }

  /** Notes what a row takes from the group where it was; whether it is in another one now. */
  private boolean regroup(int row, int before, double[] part, long[] count) {
    int now = of[row];
    if (now == before) {
      return false;
    }
    add(part, row, before, -1);
    add(part, row, now, 1);
    count[before]--;
    count[now]++;
    return true;
  }

  private void add(double[] part, int row, int group, int sign) {
    for (int column = 0; column < columns; column++) {
      part[group * columns + column] += sign * values[row * columns + column];
    }
  }

  private void take(double[] part, long[] count) {
    for (int cell = 0; cell < part.length; cell++) {
      sums[cell] += part[cell];
    }
    for (int group = 0; group < groups; group++) {
      sizes[group] += count[group];
    }
  }

  /** The mean variance of the columns. */
  private double variance() {
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      double mean = 0;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        double value = values[row * columns + column];
        double difference = value - mean;
        mean += difference / (row + 1);
        squares += difference * (value - mean);
      }
      sum += squares / rows;
    }
    return sum / columns;
  }
}
