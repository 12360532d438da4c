package soloist.profiler.cluster;

import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import soloist.learning.cluster.Advice;
import soloist.learning.cluster.Dendrogram;
import soloist.learning.cluster.Density;
import soloist.learning.cluster.Grouping;
import soloist.learning.cluster.KMeans;
import soloist.learning.cluster.Reach;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Clustering;

/**
 * How groups are found: by the same way for the model, from people drawn anew, and from people
 * whose traits were shuffled.
 *
 * @param groups how many; {@link Advice.Method#DENSITY} finds its own number
 */
record Way(Advice.Method method, int groups, Joining joining) {
  /** What costs the square of their number learns from no more people. */
  static final int MOST_EXAMPLES = 2_000;

  /** With more people the best start hardly differs from any other, but each costs more. */
  private static final int MANY = 50_000;

  private static final int THREADS = 2;

  /**
   * What was learnt.
   *
   * @param tree of hierarchical groups
   * @param learnt how many people it was learnt from
   */
  record Learnt(Placing placing, @Nullable Dendrogram tree, int learnt) {}

  Learnt learn(Matrix data, long seed, BooleanSupplier goesOn) {
    return switch (method) {
      case K_MEANS -> middles(data, seed, goesOn);
      case HIERARCHICAL -> tree(drawn(data, seed));
      case DENSITY -> dense(drawn(data, seed));
    };
  }

  private Learnt middles(Matrix data, long seed, BooleanSupplier goesOn) {
    boolean isMany = data.rows() > MANY;
    KMeans.Found found =
        KMeans.find(
            data,
            new KMeans.Search(
                Math.min(groups, data.rows()),
                isMany ? 3 : 10,
                300,
                isMany ? 1e-4 : 0,
                seed,
                THREADS,
                goesOn));
    var each = new Grouping(groups, IntStream.range(0, found.centres().rows()).toArray());
    return new Learnt(
        new Placing(found.centres(), each, Double.POSITIVE_INFINITY), null, data.rows());
  }

  private Learnt tree(Matrix data) {
    Dendrogram tree = joining.tree(data);
    Grouping cut = tree.cut(Math.min(groups, tree.leaves()));
    return new Learnt(new Placing(data, cut, Double.POSITIVE_INFINITY), tree, data.rows());
  }

  private static Learnt dense(Matrix data) {
    Reach reach = Reach.of(data);
    Density.Found found = Density.find(data, reach.distance(), reach.enough());
    int[] dense = IntStream.range(0, data.rows()).filter(row -> found.isDense()[row]).toArray();
    int[] of = IntStream.of(dense).map(row -> found.grouping().of()[row]).toArray();
    return new Learnt(
        new Placing(
            data.rows(dense), new Grouping(found.grouping().groups(), of), reach.distance()),
        null,
        data.rows());
  }

  private static Matrix drawn(Matrix data, long seed) {
    return data.rows() <= MOST_EXAMPLES
        ? data
        : data.rows(Clustering.draw(data.rows(), MOST_EXAMPLES, new Random(seed)));
  }
}
