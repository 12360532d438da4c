package soloist.learning.predict;

import java.util.Arrays;

/** Chances from their logarithms, which may be off by the same amount. */
final class Softmax {
  private Softmax() {}

  static double[] of(double[] logarithms) {
    double most = Arrays.stream(logarithms).max().orElseThrow();
    double[] chances = Arrays.stream(logarithms).map(each -> Math.exp(each - most)).toArray();
    double all = Arrays.stream(chances).sum();
    return Arrays.stream(chances).map(each -> each / all).toArray();
  }
}
