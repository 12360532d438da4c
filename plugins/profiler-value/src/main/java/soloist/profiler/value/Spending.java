package soloist.profiler.value;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import soloist.learning.value.Buying;
import soloist.profiler.value.Worth.Told;
import soloist.spi.Figure.Bar;
import soloist.spi.Figure.Bars;
import soloist.spi.Profiler.Measure;
import soloist.spi.Profiler.Total;
import soloist.spi.Text;

/**
 * What customers will spend, by group.
 *
 * @param sums by group and model: the best first, then others that may be true as well
 */
record Spending(Map<Group, double[]> sums, ValueSettings settings) {

  /**
   * @param drawn the rows that are looked at
   * @param people how many there are in all
   */
  static Spending of(
      Worth worth,
      Scales scales,
      Customers customers,
      int[] drawn,
      int people,
      ValueSettings settings) {
    int models = worth.orders().size();
    Map<Group, double[]> sums = new EnumMap<>(Group.class);
    int known = 0;
    for (int row : drawn) {
      Optional<Buying> buying = customers.buying(row);
      if (buying.isPresent()) {
        known++;
        Group group = scales.scores(customers.at(row)).group();
        double[] sum = sums.computeIfAbsent(group, _ -> new double[models]);
        for (int model = 0; model < models; model++) {
          sum[model] += worth.spent(model, settings.weeks(), buying.get());
        }
      }
    }
    double times = (double) people / Math.max(1, known);
    sums.values().forEach(sum -> Arrays.setAll(sum, model -> sum[model] * times));
    return new Spending(sums, settings);
  }

  private Told all() {
    double[] all = new double[sums.values().stream().mapToInt(sum -> sum.length).max().orElse(0)];
    sums.values().forEach(sum -> Arrays.setAll(all, model -> all[model] + sum[model]));
    return Told.of(all);
  }

  /**
   * Of all of them together, where orders of anybody are known.
   *
   * @param group by which it was asked for
   */
  Optional<Total> total(int group, int people) {
    if (sums.isEmpty()) {
      return Optional.empty();
    }
    Told told = all();
    return Optional.of(
        new Total(
            group,
            people,
            told.value(),
            told.low(),
            told.high(),
            new Text(
                settings.currency()
                    + " within "
                    + settings.months()
                    + (settings.months() == 1 ? " month" : " months"),
                "今后 " + settings.months() + " 个月，" + settings.currency())));
  }

  Measure ofAll() {
    Told told = all();
    return new Measure(
        new Text(
            "Expected spending of all customers within "
                + settings.months()
                + " months, "
                + settings.currency()
                + " (80 %)",
            "全部客户今后 " + settings.months() + " 个月的预计消费，" + settings.currency() + "（80 %）"),
        told.value(),
        told.low(),
        told.high(),
        Double.NaN);
  }

  Bars byGroup() {
    return new Bars(
        new Text("What each group is expected to spend", "各组预计消费"),
        new Text(
            settings.currency() + " within " + settings.months() + " months (80 %)",
            "今后 " + settings.months() + " 个月，" + settings.currency() + "（80 %）"),
        sums.entrySet().stream()
            .map(each -> bar(each.getKey(), Told.of(each.getValue())))
            .sorted(Comparator.comparingDouble((Bar bar) -> -bar.value()))
            .toList());
  }

  private static Bar bar(Group group, Told told) {
    Text meaning = group.meaning();
    return new Bar(
        new Text(group.word() + ": " + meaning.en(), meaning.zh()),
        told.value(),
        told.low(),
        told.high());
  }
}
