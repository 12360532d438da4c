package soloist.profiling;

/**
 * Two columns side by side, over the people of whom both are known. Kept up to date number by
 * number, so that large means do not swallow small spreads (Chan, Golub and LeVeque, The American
 * Statistician 37, 1983).
 */
final class Pair {
  private int count;
  private double meanOfOne;
  private double meanOfOther;
  private double spreadOfOne;
  private double spreadOfOther;
  private double together;

  void add(double one, double other) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return;
    }
    count++;
    double fromOne = one - meanOfOne;
    double fromOther = other - meanOfOther;
    meanOfOne += fromOne / count;
    meanOfOther += fromOther / count;
    spreadOfOne += fromOne * (one - meanOfOne);
    spreadOfOther += fromOther * (other - meanOfOther);
    together += fromOne * (other - meanOfOther);
  }

  int count() {
    return count;
  }

  /** Of a sample; NaN of fewer than two people. */
  double covariance() {
    return count < 2 ? Double.NaN : together / (count - 1);
  }

  /** Pearson's, -1 to 1; NaN where one of them is the same of everybody. */
  double correlation() {
    double both = Math.sqrt(spreadOfOne * spreadOfOther);
    return both == 0 ? Double.NaN : Math.clamp(together / both, -1, 1);
  }
}
