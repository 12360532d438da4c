package soloist;

import java.util.Random;

/**
 * Where random tests begin: {@code -Dsoloist.seed} repeats one, {@code -Dsoloist.slow} tries more.
 */
public final class Seed {
  private Seed() {}

  /** A seed that is printed, so that a failure can be repeated. */
  public static long next(String test) {
    long seed = Long.getLong("soloist.seed", System.nanoTime());
    System.out.println(test + ": -Dsoloist.seed=" + seed);
    return seed;
  }

  public static Random random(String test) {
    return new Random(next(test));
  }

  public static int rounds(int usual, int slow) {
    return Boolean.getBoolean("soloist.slow") ? slow : usual;
  }
}
