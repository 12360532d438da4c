package soloist.profiling;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How number traits go together: covariance and correlation of each two, over the people of whom
 * both are known, and of exactly two the people as points.
 */
final class Relations {
  private static final int MOST_POINTS = 2_000;

  private final List<String> traits;
  private final Pair[][] pairs;
  private final List<double[]> points = new ArrayList<>();

  Relations(List<String> traits) {
    this.traits = List.copyOf(traits);
    pairs = new Pair[traits.size()][traits.size()];
    for (int i = 0; i < pairs.length; i++) {
      for (int j = 0; j <= i; j++) {
        pairs[i][j] = new Pair();
        pairs[j][i] = pairs[i][j];
      }
    }
  }

  void add(List<@Nullable Object> person) {
    double[] values = new double[traits.size()];
    Arrays.setAll(values, i -> number(person.get(i)));
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j <= i; j++) {
        pairs[i][j].add(values[i], values[j]);
      }
    }
    if (values.length == 2 && !Double.isNaN(values[0] + values[1])) {
      points.add(values);
    }
  }

  private static double number(@Nullable Object value) {
    return value instanceof BigDecimal number ? number.doubleValue() : Double.NaN;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("traits", traits);
    json.put("counts", grid(Pair::count));
    json.put("covariance", grid(Pair::covariance));
    json.put("correlation", grid(Pair::correlation));
    // Some of many, spread evenly over the order in which people were read.
    int shown = Math.min(MOST_POINTS, points.size());
    json.put(
        "points",
        java.util.stream.IntStream.range(0, shown)
            .mapToObj(i -> points.get((int) ((long) i * points.size() / shown)))
            .map(point -> List.of(point[0], point[1]))
            .toList());
    json.put("means", points.isEmpty() ? List.of() : means());
    return json;
  }

  /** The mean of the second trait in each stretch of the first in which somebody is. */
  private List<Map<String, Object>> means() {
    double[] sorted = points.stream().mapToDouble(point -> point[0]).sorted().toArray();
    List<Map<String, Object>> means = new ArrayList<>();
    boolean isWhole = Histogram.isWhole(sorted);
    for (Histogram.Bin bin : Histogram.of(sorted)) {
      points.stream()
          .filter(point -> point[0] >= bin.from() && point[0] < bin.to())
          .mapToDouble(point -> point[1])
          .average()
          .ifPresent(
              mean ->
                  means.add(
                      Map.of(
                          "from",
                          bin.from(),
                          "to",
                          bin.shownTo(isWhole),
                          "count",
                          bin.count(),
                          "mean",
                          mean)));
    }
    return means;
  }

  private List<List<@Nullable Double>> grid(ToDoubleFunction<Pair> number) {
    List<List<@Nullable Double>> grid = new ArrayList<>();
    for (Pair[] row : pairs) {
      List<@Nullable Double> cells = new ArrayList<>();
      for (Pair pair : row) {
        cells.add(Figures.known(number.applyAsDouble(pair)));
      }
      grid.add(cells);
    }
    return grid;
  }
}
