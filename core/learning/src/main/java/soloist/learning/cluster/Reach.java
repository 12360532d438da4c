package soloist.learning.cluster;

import java.util.Arrays;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Clustering;

/**
 * How near a neighbour has to be for {@link Density}: the middle of the widest range of distances
 * over which the same groups are found, and where there is none the bend in the distances to the
 * neighbours (Ester and others, KDD 1996, 4.2).
 *
 * @param distance how far a neighbour may be
 * @param enough how many make a row dense: twice the columns (Sander and others, Data Mining and
 *     Knowledge Discovery 2, 1998), at least 5
 * @param isWide whether the same groups are found over a range of at least half as much again
 */
public record Reach(double distance, int enough, boolean isWide) {
  private static final double STEP = 1.25;
  private static final int STEPS = 14;

  /** Looks at all pairs of rows, so there should be a few thousand at most. */
  public static Reach of(Matrix data) {
    int enough = Math.min(data.rows(), Math.max(5, 2 * data.columns()));
    double[] neighbours = distances(data, enough);
    int longest = 0;
    int end = 0;
    int run = 0;
    Grouping before = new Grouping(0, new int[0]);
    double distance = neighbours[neighbours.length / 2];
    for (int step = 0; step < STEPS && distance > 0; step++, distance *= STEP) {
      Grouping found = Density.find(data, distance, enough).grouping();
      boolean isSame =
          found.groups() > 1
              && before.groups() == found.groups()
              && Clustering.agreement(before.of(), found.of()) > 0.95;
      run = isSame ? run + 1 : 0;
      if (run > longest) {
        longest = run;
        end = step;
      }
      before = found;
    }
    if (longest == 0) {
      return new Reach(neighbours[Clustering.elbow(neighbours)], enough, false);
    }
    double middle = end - longest / 2.0;
    return new Reach(
        neighbours[neighbours.length / 2] * Math.pow(STEP, middle), enough, longest >= 2);
  }

  /** By row the distance to the neighbour that makes it dense, the farthest first. */
  private static double[] distances(Matrix data, int enough) {
    double[] distances = new double[data.rows()];
    double[] to = new double[data.rows()];
    for (int row = 0; row < data.rows(); row++) {
      for (int other = 0; other < data.rows(); other++) {
        to[other] = Distance.between(data, row, other);
      }
      Arrays.sort(to);
      distances[row] = -to[enough - 1];
    }
    Arrays.sort(distances);
    Arrays.setAll(distances, i -> -distances[i]);
    return distances;
  }
}
