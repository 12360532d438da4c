package soloist.profiling;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A figure and where it lies with a confidence of 90 %.
 *
 * @param people by how many it is known
 */
record Spread(double value, double low, double high, int people) {
  /** Standard deviations to each side that hold nine tenths of a normal distribution. */
  private static final double REACH = 1.6448536269514722;

  /** Of a mean, by the normal distribution. */
  static Spread ofMean(double[] values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
    double side = n < 2 ? Double.NaN : REACH * Math.sqrt(squares / (n - 1) / n);
    return new Spread(mean, mean - side, mean + side, n);
  }

  /** Of a share (Wilson, JASA 22, 1927), which is right for few and near 0 and 1, too. */
  static Spread ofShare(int hits, int of) {
    if (of == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double share = (double) hits / of;
    double z = REACH;
    double middle = share + z * z / (2 * of);
    double side = z * Math.sqrt(share * (1 - share) / of + z * z / (4.0 * of * of));
    double scale = 1 + z * z / of;
    return new Spread(
        share, Math.max(0, (middle - side) / scale), Math.min(1, (middle + side) / scale), of);
  }

  /** By how much this is more than another, of other people or other times. */
  Spread beyond(Spread other) {
    double difference = value - other.value;
    double side = Math.hypot(high - value, other.high - other.value);
    return new Spread(difference, difference - side, difference + side, people);
  }

  /** As it is kept and as the API shows it, which is the same. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", Figures.known(value));
    json.put("low", Figures.known(low));
    json.put("high", Figures.known(high));
    json.put("people", people);
    return json;
  }

  static Spread of(Map<?, ?> json) {
    return new Spread(
        Figures.number(json.get("value")),
        Figures.number(json.get("low")),
        Figures.number(json.get("high")),
        json.get("people") instanceof Integer people ? people : 0);
  }
}
