package soloist.learning.predict;

/**
 * How far a tree grows.
 *
 * @param depth at most so many questions one after the other
 * @param leaf at least so many rows in a leaf
 * @param isPart whether each question chooses among a random part of the columns, the square root
 *     of their number (Breiman, "Random Forests", Machine Learning 45, 2001)
 */
public record TreeSize(Purity purity, int depth, int leaf, boolean isPart) {
  public TreeSize {
    if (depth < 1 || leaf < 1) {
      throw new IllegalArgumentException("a tree of depth " + depth + ", leaves of " + leaf);
    }
  }

  int columns(int all) {
    return isPart ? Math.max(1, (int) Math.round(Math.sqrt(all))) : all;
  }
}
