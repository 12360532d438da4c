package soloist.profiler.rfm;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.profiler.rfm.Customers.Customer;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/**
 * Scores each customer by how lately (recency), how often (frequency) and for how much (monetary)
 * he bought, 1 to 5 against all other customers (Hughes, "Strategic Database Marketing", 1994).
 */
@Extension
public final class RfmProfiler implements Profiler {
  /** Below this a score would tell of chance only. */
  static final int FEWEST = 25;

  /** From here on a fifth is at least twenty people; below there are thirds. */
  static final int ENOUGH_FOR_FIFTHS = 100;

  private static final int TELL_EVERY = 10_000;

  private @Nullable RfmSettings settings;

  @Override
  public void open(Settings values) {
    settings = RfmSettings.of(values);
  }

  @Override
  public List<Wanted> wanted() {
    return List.of(
        new Wanted("orders", Wanted.Type.NUMBER),
        new Wanted("spent_" + currency(), Wanted.Type.NUMBER),
        new Wanted("last_order", Wanted.Type.TIME));
  }

  @Override
  public List<StandingSegment> segments(Model model) {
    return StandingSegments.ALL;
  }

  @Override
  public Model fit(Table table, Run run) throws Refused {
    var customers = new Customers(table);
    int[] rows = IntStream.range(0, customers.rows()).filter(customers::isCustomer).toArray();
    if (rows.length < FEWEST) {
      int missing = FEWEST - rows.length;
      throw new Refused(
          new Text(
              "Scores need "
                  + FEWEST
                  + " customers with orders; you have "
                  + rows.length
                  + ", so "
                  + missing
                  + " more.",
              "评分需要 " + FEWEST + " 位有订单的客户；您现有 " + rows.length + " 位，还差 " + missing + " 位。"));
    }
    int steps = rows.length < ENOUGH_FOR_FIFTHS ? 3 : 5;
    run.progress(0.1);
    Scale recency = scale(rows, row -> -customers.days(row), steps);
    run.progress(0.4);
    Scale frequency = scale(rows, customers::orders, steps);
    run.progress(0.7);
    Scale monetary = scale(rows, customers::spent, steps);
    run.progress(0.9);
    var scales = new Scales(rows.length, recency, frequency, monetary);
    return new Model(scales.bytes(), card(scales, customers, rows));
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    Scales scales = Scales.of(model.bytes());
    var sentences = new Sentences(scales, currency());
    var customers = new Customers(table);
    for (int row = 0; row < customers.rows(); row++) {
      if (row % TELL_EVERY == 0 && !run.progress((double) row / customers.rows())) {
        return;
      }
      if (customers.isCustomer(row)) {
        to.accept(row, predictions(scales, sentences, customers.at(row)));
      }
    }
  }

  private static List<Prediction> predictions(
      Scales scales, Sentences sentences, Customer customer) {
    Scores scores = scales.scores(customer);
    Group group = scores.group();
    return List.of(
        number("rfm_recency", scores.recency(), sentences.recency(customer)),
        number("rfm_frequency", scores.frequency(), sentences.frequency(customer)),
        number("rfm_monetary", scores.monetary(), sentences.monetary(customer)),
        number("rfm_score", scores.sum(), Sentences.score(scores)),
        new Prediction("rfm_group", group.word(), group.meaning()));
  }

  private static Prediction number(String key, int value, Text evidence) {
    return new Prediction(key, BigDecimal.valueOf(value), evidence);
  }

  private static Scale scale(int[] rows, IntToDoubleFunction value, int steps) {
    return Scale.of(IntStream.of(rows).mapToDouble(value).toArray(), steps);
  }

  private Card card(Scales scales, Customers customers, int[] rows) {
    double spent = 0;
    double spentByBest = 0;
    int best = 0;
    int unknown = 0;
    for (int row : rows) {
      unknown += customers.hasSpent(row) ? 0 : 1;
      spent += customers.spent(row);
      if (scales.scores(customers.at(row)).group() == Group.HIGH_VALUE) {
        best++;
        spentByBest += customers.spent(row);
      }
    }
    List<Measure> measures = new ArrayList<>();
    if (spent > 0) {
      measures.add(
          new Measure(
              new Text("Share of spending by high-value customers", "高价值客户的消费占比"),
              spentByBest / spent,
              Double.NaN,
              Double.NaN,
              (double) best / rows.length));
    }
    return new Card(rows.length, measures, limits(rows.length, unknown));
  }

  private List<Text> limits(int people, int unknown) {
    List<Text> limits = new ArrayList<>();
    if (people < ENOUGH_FOR_FIFTHS) {
      int missing = ENOUGH_FOR_FIFTHS - people;
      limits.add(
          new Text(
              "With "
                  + people
                  + " customers there are three scores only (1, 3 and 5); for five it"
                  + " takes "
                  + missing
                  + " more.",
              "只有 " + people + " 位客户，因此仅分三档（1、3、5）；分五档还需 " + missing + " 位客户。"));
    }
    if (unknown > 0) {
      limits.add(
          new Text(
              unknown
                  + " customers have orders but no spending in "
                  + currency()
                  + "; they count"
                  + " as 0.",
              "有 " + unknown + " 位客户有订单但没有 " + currency() + " 消费记录，按 0 计算。"));
    }
    return limits;
  }

  private String currency() {
    return requireNonNull(settings, "open comes first").currency();
  }
}
