package soloist.learning.measure;

import java.util.stream.IntStream;

/**
 * Turns the scores of a method into chances, by a logistic curve through what came (Platt, 1999, as
 * mended by Lin, Lin, Weng, "A note on Platt's probabilistic outputs", Machine Learning 68, 2007).
 * It has two parameters only, so that it can be learnt from few cases.
 *
 * @param slope of the log odds of a score
 * @param offset of the log odds
 */
public record Calibration(double slope, double offset) {
  private static final int MOST_STEPS = 100;
  private static final double CLOSE = 1e-10;
  private static final double NEVER = 1e-6;

  /** What leaves chances as they are. */
  public static final Calibration NONE = new Calibration(1, 0);

  /**
   * @param stated chances by the method, that may be wrong
   */
  public static Calibration of(boolean[] came, double[] stated) {
    double[] odds = IntStream.range(0, stated.length).mapToDouble(i -> odds(stated[i])).toArray();
    long hits = IntStream.range(0, came.length).filter(i -> came[i]).count();
    // Platt's targets keep chances from 0 and 1 that nobody can know.
    double hit = (hits + 1.0) / (hits + 2.0);
    double miss = 1.0 / (came.length - hits + 2.0);
    double slope = 1;
    double offset = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 1e-9;
      double h01 = 0;
      double h11 = 1e-9;
      for (int i = 0; i < odds.length; i++) {
        double chance = chance(offset + slope * odds[i]);
        double off = chance - (came[i] ? hit : miss);
        double weight = chance * (1 - chance);
        g0 += off;
        g1 += off * odds[i];
        h00 += weight;
        h01 += weight * odds[i];
        h11 += weight * odds[i] * odds[i];
      }
      double determinant = h00 * h11 - h01 * h01;
      double byOffset = (h11 * g0 - h01 * g1) / determinant;
      double bySlope = (h00 * g1 - h01 * g0) / determinant;
      double scale = Math.min(1, 2 / (Math.abs(byOffset) + Math.abs(bySlope) + CLOSE));
      offset -= scale * byOffset;
      slope -= scale * bySlope;
      if (Math.abs(byOffset) + Math.abs(bySlope) < CLOSE) {
        break;
      }
    }
    // A curve that falls would say the opposite of the method: then what is known is the mean only.
    return slope > 0 ? new Calibration(slope, offset) : new Calibration(0, odds(hits, came.length));
  }

  private static double odds(long hits, int of) {
    return Math.log((hits + 1.0) / (of - hits + 1.0));
  }

  private static double odds(double chance) {
    double within = Math.clamp(chance, NEVER, 1 - NEVER);
    return Math.log(within / (1 - within));
  }

  private static double chance(double odds) {
    return 1 / (1 + Math.exp(-odds));
  }

  /** The chance behind a stated one. */
  public double apply(double stated) {
    return chance(offset + slope * odds(stated));
  }
}
