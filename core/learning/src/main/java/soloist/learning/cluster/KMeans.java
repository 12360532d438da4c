package soloist.learning.cluster;

import java.util.Random;
import java.util.function.BooleanSupplier;
import soloist.learning.data.Matrix;

/**
 * Finds the groups whose rows lie closest to the middle of their group: the least sum of squared
 * distances to the centres. Lloyd's iterations (IEEE Trans. Information Theory 28(2), 1982) from
 * greedy k-means++ starts (Arthur and Vassilvitskii, SODA 2007), the best of several: each start
 * may end in a local optimum.
 */
public final class KMeans {
  private KMeans() {}

  /**
   * How to search.
   *
   * @param groups how many, at least 1 and at most as many as there are rows
   * @param starts how often it starts anew
   * @param iterations at most, for each start
   * @param tolerance ends when the centres moved by less: the sum of their squared moves, as a part
   *     of the mean variance of the columns; 0 waits until no row changes its group
   * @param seed of the starts
   * @param threads that work at once
   * @param goesOn asked at each iteration; false ends the search early, with what there is
   */
  public record Search(
      int groups,
      int starts,
      int iterations,
      double tolerance,
      long seed,
      int threads,
      BooleanSupplier goesOn) {
    public Search {
      if (groups < 1 || starts < 1 || iterations < 1 || threads < 1) {
        throw new IllegalArgumentException("groups, starts, iterations and threads are at least 1");
      }
    }

    /** Ten starts, each until nothing changes, on one thread. */
    public static Search thorough(int groups, long seed) {
      return new Search(groups, 10, 300, 0, seed, 1, () -> true);
    }
  }

  /**
   * What was found.
   *
   * @param centres one row a group
   * @param inertia sum of the squared distances of all rows to the centre of their group
   * @param iterations of the start that was best
   */
  public record Found(Matrix centres, Grouping grouping, double inertia, int iterations) {}

  /**
   * The best of all starts.
   *
   * @throws IllegalArgumentException when there are fewer rows than groups
   */
  public static Found find(Matrix data, Search search) {
    if (data.rows() < search.groups()) {
      throw new IllegalArgumentException(
          data.rows() + " rows are no " + search.groups() + " groups");
    }
    var random = new Random(search.seed());
    Found best = from(data, Starts.choose(data, search, random), search);
    for (int start = 1; start < search.starts() && search.goesOn().getAsBoolean(); start++) {
      Found found = from(data, Starts.choose(data, search, random), search);
      best = found.inertia() < best.inertia() ? found : best;
    }
    return best;
  }

  /** What is reached from given centres. */
  public static Found from(Matrix data, Matrix centres, Search search) {
    if (centres.rows() != search.groups() || centres.columns() != data.columns()) {
      throw new IllegalArgumentException("the centres do not suit the data");
    }
    return new Lloyd(data, centres, search).run();
  }
}
