package soloist.profiling;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Some numbers in a few. The variance is that of a sample (divided by one less than the count);
 * quantiles lie between neighbours (Hyndman and Fan, The American Statistician 50, 1996, type 7).
 *
 * @param count at least 1
 * @param variance NaN of a single number
 */
record Summary(
    int count,
    double mean,
    double variance,
    double least,
    double lowerQuartile,
    double median,
    double upperQuartile,
    double most) {

  /**
   * @param sorted ascending, at least one, all finite
   */
  static Summary of(double[] sorted) {
    int count = sorted.length;
    double mean = Arrays.stream(sorted).sum() / count;
    double variance =
        Arrays.stream(sorted).map(each -> (each - mean) * (each - mean)).sum() / (count - 1);
    return new Summary(
        count,
        mean,
        variance,
        sorted[0],
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        sorted[count - 1]);
  }

  private static double quantile(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", Figures.known(mean));
    json.put("variance", Figures.known(variance));
    json.put("deviation", Figures.known(Math.sqrt(variance)));
    json.put("least", least);
    json.put("lowerQuartile", lowerQuartile);
    json.put("median", median);
    json.put("upperQuartile", upperQuartile);
    json.put("most", most);
    return json;
  }
}
