package soloist.learning.cluster;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many rows at once as a vector has lanes: the rows of a block are laid column by column, so
 * that a lane is a row. Only for a virtual machine that was started with {@code --add-modules
 * jdk.incubator.vector}.
 */
final class VectorNearest extends Nearest {
  private static final VectorSpecies<Double> LANES =
      DoubleVector.SPECIES_PREFERRED.length() > BLOCK
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;

  private final double[] block;
  private final double[] nearest = new double[BLOCK];

  VectorNearest(double[] values, int columns, double[] centres, int groups) {
    super(values, columns, centres, groups);
    block = new double[columns * BLOCK];
  }

  @Override
  void find(int[] rows, int count) {
    for (int each = 0; each < count; each++) {
      int from = rows[each] * columns;
      for (int column = 0; column < columns; column++) {
        block[column * BLOCK + each] = values[from + column];
      }
    }
    for (int lane = 0; lane < count; lane += LANES.length()) {
      find(lane);
    }
    for (int each = 0; each < count; each++) {
      group[each] = (int) nearest[each];
    }
  }

  /** The rows of the block from a lane on. */
  private void find(int lane) {
    DoubleVector first = DoubleVector.broadcast(LANES, Double.POSITIVE_INFINITY);
    DoubleVector second = first;
    DoubleVector of = DoubleVector.zero(LANES);
    for (int each = 0; each < groups; each++) {
      DoubleVector squared = DoubleVector.zero(LANES);
      for (int column = 0; column < columns; column++) {
        DoubleVector difference =
            DoubleVector.fromArray(LANES, block, column * BLOCK + lane)
                .sub(centres[each * columns + column]);
        // No fused multiply and add: it rounds once where the other kind rounds twice.
        squared = squared.add(difference.mul(difference));
      }
      VectorMask<Double> isNearer = squared.compare(VectorOperators.LT, first);
      second = second.min(squared).blend(first, isNearer);
      first = first.blend(squared, isNearer);
      of = of.blend(each, isNearer);
    }
    first.intoArray(least, lane);
    second.intoArray(next, lane);
    of.intoArray(nearest, lane);
  }
}
