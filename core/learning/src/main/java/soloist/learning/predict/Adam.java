package soloist.learning.predict;

/** Steps down a slope that is known from a few rows only (Kingma, Ba, ICLR 2015, algorithm 1). */
final class Adam {
  private static final double MEAN = 0.9;
  private static final double SQUARE = 0.999;
  private static final double TINY = 1e-8;

  private final double[] weights;
  private final double rate;
  private final double[] mean;
  private final double[] square;
  private int steps;

  /**
   * @param weights changed by each step
   */
  Adam(double[] weights, double rate) {
    this.weights = weights;
    this.rate = rate;
    mean = new double[weights.length];
    square = new double[weights.length];
  }

  void step(double[] slope) {
    steps++;
    double meanSeen = 1 - Math.pow(MEAN, steps);
    double squareSeen = 1 - Math.pow(SQUARE, steps);
    for (int i = 0; i < weights.length; i++) {
      mean[i] = MEAN * mean[i] + (1 - MEAN) * slope[i];
      square[i] = SQUARE * square[i] + (1 - SQUARE) * slope[i] * slope[i];
      weights[i] -= rate * mean[i] / meanSeen / (Math.sqrt(square[i] / squareSeen) + TINY);
    }
  }
}
