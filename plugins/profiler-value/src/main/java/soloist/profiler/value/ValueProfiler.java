package soloist.profiler.value;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.learning.data.HeldOut;
import soloist.learning.value.Buying;
import soloist.learning.value.Swing;
import soloist.profiler.value.Customers.Customer;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/**
 * Scores each customer by how lately (recency), how often (frequency) and for how much (monetary)
 * they bought, 1 to 5 against all other customers (Hughes, "Strategic Database Marketing", 1994),
 * and foretells what they will buy and spend (Fader, Hardie, Lee, 2005; Fader, Hardie, 2013).
 */
@Extension
public final class ValueProfiler implements Profiler {
  /** Below this a score would tell of chance only. */
  static final int FEWEST = 25;

  /** Below this nothing is known of how customers come back. */
  static final int FEWEST_REPEATED = 10;

  /** From here on a fifth is at least twenty people; below there are thirds. */
  static final int ENOUGH_FOR_FIFTHS = 100;

  /** More customers would not make the models better, only slower. */
  private static final int MOST_LEARNT_FROM = 20_000;

  /** Of a group; many groups overlap, and a mean of so many is as good as that of all. */
  private static final int MOST_ADDED_UP = 2_000;

  /** From here on one of five are the thirty people below whom a mean says nothing. */
  static final int ENOUGH_TO_HOLD_OUT = 150;

  private static final int TELL_EVERY = 2_000;

  private @Nullable ValueSettings settings;

  @Override
  public void open(Settings values) {
    settings = ValueSettings.of(values);
  }

  @Override
  public List<Wanted> wanted() {
    List<Wanted> wanted =
        new ArrayList<>(
            List.of(
                new Wanted("orders", Wanted.Type.NUMBER),
                new Wanted("spent_" + settings().currency(), Wanted.Type.NUMBER),
                new Wanted("last_order", Wanted.Type.TIME),
                new Wanted("order", Wanted.Type.EVENTS)));
    if (!settings().referral().isEmpty()) {
      wanted.add(new Wanted(settings().referral(), Wanted.Type.EVENTS));
    }
    return List.copyOf(wanted);
  }

  @Override
  public List<StandingSegment> segments(Model model) {
    return StandingSegments.of(settings().risk());
  }

  @Override
  public Model fit(Table table, Run run) throws Refused {
    var customers = new Customers(table, settings().currency());
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
    Scale frequency = scale(rows, customers::orders, steps);
    Scale monetary = scale(rows, customers::spent, steps);
    run.progress(0.2);
    var scales = new Scales(rows.length, recency, frequency, monetary);
    int[] drawn = drawn(rows);
    List<Buying> buyings =
        IntStream.of(drawn).boxed().flatMap(row -> customers.buying(row).stream()).toList();
    boolean holdsOut = buyings.size() >= ENOUGH_TO_HOLD_OUT;
    List<Buying> learntFrom =
        holdsOut
            ? IntStream.of(drawn)
                .filter(row -> !HeldOut.holds(table.people().get(row)))
                .boxed()
                .flatMap(row -> customers.buying(row).stream())
                .toList()
            : buyings;
    Swing swing =
        new Before(customers, drawn, customers.now())
            .swing(settings().weeks(), new Random(run.seed()));
    run.progress(0.4);
    @Nullable Worth worth = isEnough(learntFrom) ? Worth.of(learntFrom, swing, run.seed()) : null;
    run.progress(0.6);
    Optional<HoldOut> test =
        worth == null
            ? Optional.empty()
            : HoldOut.of(customers, drawn, settings().weeks(), run.seed());
    run.progress(0.9);
    var learnt = new Learnt(scales, worth, holdsOut);
    return new Model(
        learnt.bytes(),
        new ValueCard(learnt, customers, settings())
            .of(rows, drawn, buyings, test, swing.trials()));
  }

  /** Every so manieth, where there are very many. */
  private static int[] drawn(int[] rows) {
    return drawn(rows, MOST_LEARNT_FROM);
  }

  private static int[] drawn(int[] rows, int most) {
    int every = (rows.length + most - 1) / most;
    return IntStream.range(0, rows.length).filter(i -> i % every == 0).map(i -> rows[i]).toArray();
  }

  static boolean isEnough(List<Buying> buyings) {
    return buyings.size() >= FEWEST && cameBack(buyings) >= FEWEST_REPEATED;
  }

  static long cameBack(List<Buying> buyings) {
    return buyings.stream().filter(buying -> buying.repeats() > 0 && buying.mean() > 0).count();
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    Learnt learnt = Learnt.of(model.bytes());
    var sentences = new Sentences(learnt.scales(), settings().currency());
    var customers = new Customers(table, settings().currency());
    var worth = learnt.worth();
    @Nullable Foretold foretold = worth == null ? null : new Foretold(worth, settings());
    double mean = worth == null ? 0 : mean(worth, customers);
    for (int row = 0; row < customers.rows(); row++) {
      if (row % TELL_EVERY == 0 && !run.progress((double) row / customers.rows())) {
        return;
      }
      if (customers.isCustomer(row)) {
        List<Prediction> said = scores(learnt.scales(), sentences, customers.at(row));
        if (foretold != null) {
          customers.buying(row).ifPresent(buying -> said.addAll(foretold.of(buying)));
          if (customers.knowsReferrals()) {
            said.add(foretold.referral(customers.referrals(row), mean));
          }
        }
        to.accept(row, said);
      }
    }
  }

  /** That an order comes, of the last weeks. */
  @Override
  public List<Outcome> outcomes(Model model, Table table, Run run) {
    return Coming.outcomes(Learnt.of(model.bytes()), table, settings(), run);
  }

  @Override
  public List<Total> totals(Model model, Table table, Run run, List<int[]> groups) {
    Learnt learnt = Learnt.of(model.bytes());
    var worth = learnt.worth();
    var customers = new Customers(table, settings().currency());
    List<Total> totals = new ArrayList<>();
    for (int group = 0; worth != null && group < groups.size(); group++) {
      int[] rows = IntStream.of(groups.get(group)).filter(customers::isCustomer).toArray();
      if (rows.length > 0) {
        Spending.of(
                worth,
                learnt.scales(),
                customers,
                drawn(rows, MOST_ADDED_UP),
                rows.length,
                settings())
            .total(group, rows.length)
            .ifPresent(totals::add);
      }
      if (!run.progress((double) (group + 1) / groups.size())) {
        return List.of();
      }
    }
    return List.copyOf(totals);
  }

  /** What a customer is worth on average. */
  private double mean(Worth worth, Customers customers) {
    if (!customers.knowsReferrals()) {
      return 0;
    }
    int[] rows =
        drawn(IntStream.range(0, customers.rows()).filter(customers::isCustomer).toArray());
    return IntStream.of(rows)
        .boxed()
        .flatMap(row -> customers.buying(row).stream())
        .mapToDouble(buying -> worth.spent(0, settings().weeks(), buying))
        .average()
        .orElse(0);
  }

  private static List<Prediction> scores(Scales scales, Sentences sentences, Customer customer) {
    Scores scores = scales.scores(customer);
    Group group = scores.group();
    return new ArrayList<>(
        List.of(
            number("rfm_recency", scores.recency(), sentences.recency(customer)),
            number("rfm_frequency", scores.frequency(), sentences.frequency(customer)),
            number("rfm_monetary", scores.monetary(), sentences.monetary(customer)),
            number("rfm_score", scores.sum(), Sentences.score(scores)),
            new Prediction("rfm_group", group.word(), group.meaning())));
  }

  private static Prediction number(String key, int value, Text evidence) {
    return new Prediction(key, BigDecimal.valueOf(value), evidence);
  }

  private static Scale scale(int[] rows, IntToDoubleFunction value, int steps) {
    return Scale.of(IntStream.of(rows).mapToDouble(value).toArray(), steps);
  }

  private ValueSettings settings() {
    return requireNonNull(settings, "open comes first");
  }
}
