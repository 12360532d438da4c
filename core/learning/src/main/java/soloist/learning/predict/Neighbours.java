package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import soloist.learning.data.Matrix;

/**
 * Asks the rows that are most alike and lets them vote (Fix, Hodges, 1951; Cover, Hart, 1967). It
 * keeps all rows; columns should have about the same spread.
 */
public final class Neighbours implements Classifier {
  private final int count;
  private final int classes;
  private final int columns;
  private final double[] rows;
  private final int[] of;

  private Neighbours(int count, int classes, int columns, double[] rows, int[] of) {
    this.count = count;
    this.classes = classes;
    this.columns = columns;
    this.rows = rows;
    this.of = of;
  }

  /**
   * @param count how many are asked; all when there are fewer
   */
  public static Neighbours fit(Matrix rows, int[] of, int classes, int count) {
    return new Neighbours(Math.min(count, rows.rows()), classes, rows.columns(), rows.values(), of);
  }

  @Override
  public double[] chances(double[] row) {
    double[] distances = new double[count];
    int[] nearest = new int[count];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int other = 0; other < of.length; other++) {
      double distance = distance(row, other, distances[count - 1]);
      if (distance < distances[count - 1]) {
        int place = count - 1;
        while (place > 0 && distances[place - 1] > distance) {
          distances[place] = distances[place - 1];
          nearest[place] = nearest[place - 1];
          place--;
        }
        distances[place] = distance;
        nearest[place] = other;
      }
    }
    double[] chances = new double[classes];
    for (int other : nearest) {
      chances[of[other]] += 1.0 / count;
    }
    return chances;
  }

  /** The square, or anything from {@code enough} on. */
  private double distance(double[] row, int other, double enough) {
    double sum = 0;
    for (int i = 0; i < columns && sum < enough; i++) {
      double off = row[i] - rows[other * columns + i];
      sum += off * off;
    }
    return sum;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(count);
    out.writeInt(classes);
    out.writeInt(columns);
    Numbers.write(out, rows);
    Numbers.write(out, of);
  }

  static Neighbours read(DataInput in) throws IOException {
    return new Neighbours(
        in.readInt(), in.readInt(), in.readInt(), Numbers.doubles(in), Numbers.ints(in));
  }
}
