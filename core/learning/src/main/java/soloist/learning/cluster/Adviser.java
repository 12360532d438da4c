package soloist.learning.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import soloist.learning.cluster.Advice.Candidate;
import soloist.learning.cluster.Advice.Method;
import soloist.learning.cluster.Advice.Reason;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Clustering;

/**
 * Tries the methods on some of the rows and says which suits them: even groups K-means, groups
 * within groups joining, groups of any shape density.
 */
public final class Adviser {
  private static final int MOST_ROWS = 1_000;

  /** How much higher a join must be than the one before it to be a layer of its own. */
  private static final double LAYER = 1.75;

  private static final double CLEARER = 0.02;

  private final Matrix data;
  private final int most;
  private final long seed;
  private final BooleanSupplier goesOn;
  private final List<Candidate> tried = new ArrayList<>();
  private final double[] inertia;

  private Adviser(Matrix data, int most, long seed, BooleanSupplier goesOn) {
    this.data = data;
    this.most = most;
    this.seed = seed;
    this.goesOn = goesOn;
    inertia = new double[most];
  }

  /**
   * What suits the rows best.
   *
   * @param most groups, at least 2 and fewer than there are rows
   * @param goesOn asked after each candidate; false ends the search early
   */
  public static Advice advise(Matrix data, int most, long seed, BooleanSupplier goesOn) {
    int[] drawn = Clustering.draw(data.rows(), MOST_ROWS, new Random(seed));
    return new Adviser(data.rows(drawn), most, seed, goesOn).advise();
  }

  private Advice advise() {
    for (int groups = 1; groups <= most && goesOn.getAsBoolean(); groups++) {
      KMeans.Found found = KMeans.find(data, KMeans.Search.thorough(groups, seed));
      inertia[groups - 1] = found.inertia();
      if (groups > 1) {
        tryOut(Method.K_MEANS, found.grouping());
      }
    }
    Dendrogram tree = Agglomeration.join(data, Linkage.WARD);
    for (int groups = 2; groups <= most && goesOn.getAsBoolean(); groups++) {
      tryOut(Method.HIERARCHICAL, tree.cut(groups));
    }
    Reach reach = Reach.of(data);
    Grouping dense = Density.find(data, reach.distance(), reach.enough()).grouping();
    if (dense.groups() > 1) {
      tryOut(Method.DENSITY, dense);
    }
    return decide(tree, reach, dense);
  }

  private void tryOut(Method method, Grouping grouping) {
    tried.add(
        new Candidate(
            method,
            grouping.groups(),
            Clustering.pairs(data, grouping.of(), grouping.groups()).silhouette(),
            (double) grouping.left() / data.rows(),
            (double) Arrays.stream(grouping.sizes()).min().orElse(0) / data.rows()));
  }

  private Advice decide(Dendrogram tree, Reach reach, Grouping dense) {
    if (reach.isWide() && isBeyondKMeans(dense)) {
      return advice(Method.DENSITY, dense.groups(), reach, Reason.UNEVEN);
    }
    int[] layers =
        IntStream.rangeClosed(2, most).filter(groups -> tree.gap(groups) >= LAYER).toArray();
    if (layers.length > 1 && layers[layers.length - 1] >= 2 * layers[0]) {
      return advice(Method.HIERARCHICAL, layers[layers.length - 1], reach, Reason.LAYERED);
    }
    Candidate even = Advice.best(tried, Method.K_MEANS);
    Candidate joined = Advice.best(tried, Method.HIERARCHICAL);
    return joined.silhouette() > even.silhouette() + CLEARER
        ? advice(Method.HIERARCHICAL, joined.groups(), reach, Reason.CLEARER)
        : advice(Method.K_MEANS, even.groups(), reach, Reason.EVEN);
  }

  /** Whether there are groups of some size that K-means would cut otherwise. */
  private boolean isBeyondKMeans(Grouping dense) {
    int[] sizes = Arrays.stream(dense.sizes()).sorted().toArray();
    if (sizes.length < 2
        || sizes[sizes.length - 2] < data.rows() / 10
        || dense.left() > data.rows() / 5) {
      return false;
    }
    Grouping round = KMeans.find(data, KMeans.Search.thorough(dense.groups(), seed)).grouping();
    return Clustering.agreement(round.of(), dense.of()) < 0.8;
  }

  private Advice advice(Method method, int groups, Reach reach, Reason reason) {
    return new Advice(
        method, groups, reach.distance(), reach.enough(), reason, tried, inertia, data.rows());
  }
}
