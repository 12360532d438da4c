package soloist.profiling;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One trait over many people: numbers and times with where they lie, everything else with how often
 * each value comes. The type is the one that most values have; what is of another is counted apart.
 */
final class Description {
  private static final int MOST_VALUES = 20;
  private static final int LONGEST_VALUE = 200;

  private final DoubleStream.Builder numbers = DoubleStream.builder();
  private final DoubleStream.Builder times = DoubleStream.builder();
  private final Map<String, Integer> texts = new HashMap<>();
  private final Map<String, Integer> answers = new HashMap<>();
  private final Map<String, Integer> known = new HashMap<>();
  private int missing;

  void add(@Nullable Object value) {
    switch (value) {
      case BigDecimal number -> {
        numbers.add(number.doubleValue());
        count("number");
      }
      case Instant time -> {
        times.add(time.toEpochMilli());
        count("instant");
      }
      case Boolean answer -> {
        answers.merge(answer.toString(), 1, Integer::sum);
        count("boolean");
      }
      case String text -> {
        texts.merge(text.substring(0, Math.min(LONGEST_VALUE, text.length())), 1, Integer::sum);
        count("text");
      }
      case null, default -> missing++;
    }
  }

  private void count(String type) {
    known.merge(type, 1, Integer::sum);
  }

  Map<String, Object> toJson() {
    String type =
        known.entrySet().stream()
            .max(
                Map.Entry.<String, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse("text");
    int count = known.getOrDefault(type, 0);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", type);
    json.put("count", count);
    json.put("missing", missing);
    json.put("other", known.values().stream().mapToInt(each -> each).sum() - count);
    json.put("numbers", null);
    json.put("times", null);
    json.put("bins", List.of());
    json.put("different", 0);
    json.put("values", List.of());
    switch (type) {
      case "number" -> {
        double[] sorted = numbers.build().sorted().toArray();
        json.put("numbers", Summary.of(sorted).toJson());
        boolean isWhole = Histogram.isWhole(sorted);
        json.put("bins", Histogram.of(sorted).stream().map(bin -> shown(bin, isWhole)).toList());
        json.put("different", (int) Arrays.stream(sorted).distinct().count());
      }
      case "instant" -> {
        double[] sorted = times.build().sorted().toArray();
        json.put("times", times(Summary.of(sorted)));
        json.put("bins", Histogram.ofTimes(sorted).stream().map(Description::shownTime).toList());
        json.put("different", (int) Arrays.stream(sorted).distinct().count());
      }
      case "boolean" -> put(json, answers);
      default -> put(json, texts);
    }
    return json;
  }

  private static void put(Map<String, Object> json, Map<String, Integer> counted) {
    json.put("different", counted.size());
    json.put(
        "values",
        counted.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_VALUES)
            .map(each -> Map.of("value", each.getKey(), "count", each.getValue()))
            .toList());
  }

  private static Map<String, Object> shown(Histogram.Bin bin, boolean isWhole) {
    return Map.of("from", bin.from(), "to", bin.shownTo(isWhole), "count", bin.count());
  }

  private static Map<String, Object> shownTime(Histogram.Bin bin) {
    return Map.of("from", time(bin.from()), "to", time(bin.to()), "count", bin.count());
  }

  private static Map<String, Object> times(Summary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("least", time(summary.least()));
    json.put("lowerQuartile", time(summary.lowerQuartile()));
    json.put("median", time(summary.median()));
    json.put("upperQuartile", time(summary.upperQuartile()));
    json.put("most", time(summary.most()));
    return json;
  }

  private static Instant time(double millis) {
    return Instant.ofEpochMilli(Math.round(millis));
  }
}
