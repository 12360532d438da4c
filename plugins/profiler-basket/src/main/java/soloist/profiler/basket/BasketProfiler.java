package soloist.profiler.basket;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.learning.basket.Baskets;
import soloist.learning.basket.Mining;
import soloist.learning.basket.Rule;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/** Finds what is bought together and tells of each customer what goes with what they have. */
@Extension
public final class BasketProfiler implements Profiler {
  /** Below this a product that comes five times with another would come by chance. */
  static final int FEWEST = 50;

  private static final int TELL_EVERY = 10_000;

  private @Nullable BasketSettings settings;

  @Override
  public void open(Settings values) {
    settings = BasketSettings.of(values);
  }

  @Override
  public List<Wanted> wanted() {
    return List.of(new Wanted(settings().event(), Wanted.Type.EVENTS));
  }

  @Override
  public Model fit(Table table, Run run) throws Refused {
    var orders = new Orders(table, settings());
    Baskets baskets = orders.baskets(settings().baskets());
    int telling = telling(baskets);
    if (telling < FEWEST) {
      throw new Refused(
          new Text(
              "Rules need "
                  + FEWEST
                  + " baskets with two or more products; you have "
                  + telling
                  + ", so "
                  + (FEWEST - telling)
                  + " more.",
              "规则需要 "
                  + FEWEST
                  + " 个含两件以上商品的购物篮；您现有 "
                  + telling
                  + " 个，还差 "
                  + (FEWEST - telling)
                  + " 个。"));
    }
    run.progress(0.1);
    Mined mined = mined(baskets);
    run.progress(0.5);
    Trial trial = Trial.of(baskets, settings(), run.seed());
    run.progress(0.9);
    Learnt learnt = Learnt.of(baskets.names(), mined.rules());
    return new Model(learnt.bytes(), new Report(baskets, mined, trial, orders, settings()).card());
  }

  private Mined mined(Baskets baskets) throws Refused {
    try {
      Mined mined = Mined.of(baskets, settings());
      if (mined.rules().isEmpty()) {
        throw new Refused(
            new Text(
                "No two products come together often enough in "
                    + baskets.count()
                    + " baskets to tell it from chance; lower 'support' or 'confidence', or wait for"
                    + " more orders.",
                "在 "
                    + baskets.count()
                    + " 个购物篮中，没有商品搭配多到足以排除偶然；请降低 support 或 confidence，或等待更多订单。"));
      }
      return mined;
    } catch (Mining.TooMany e) {
      throw new Refused(
          new Text(
              "So little support gives "
                  + e.getMessage()
                  + "; raise 'support', which is "
                  + Words.percent(settings().support())
                  + " %.",
              "支持度过低，商品组合过多（" + e.most() + " 以上）；请提高 support。"));
    }
  }

  /** How many baskets tell of something that comes together. */
  private static int telling(Baskets baskets) {
    return (int)
        IntStream.range(0, baskets.count())
            .filter(basket -> baskets.first()[basket + 1] - baskets.first()[basket] > 1)
            .count();
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    Learnt learnt = Learnt.of(model.bytes());
    var orders = new Orders(table, settings());
    var advisor = new Advisor(learnt.rules());
    var words = new Words(learnt.names(), settings().baskets());
    int[] numbers = numbers(orders.names(), learnt.names());
    for (int person = 0; person < orders.people(); person++) {
      if (person % TELL_EVERY == 0 && !run.progress((double) person / orders.people())) {
        return;
      }
      int[] has =
          Arrays.stream(orders.of(person))
              .map(item -> numbers[item])
              .filter(item -> item >= 0)
              .toArray();
      Optional<Rule> rule = advisor.best(has);
      if (rule.isPresent()) {
        to.accept(
            person,
            List.of(
                new Prediction(
                    settings().trait(),
                    learnt.names().get(rule.get().to()),
                    words.evidence(rule.get()))));
      }
    }
  }

  /** By the table's number of a product that of the model, -1 for those it knows nothing of. */
  private static int[] numbers(List<String> inTable, List<String> inModel) {
    Map<String, Integer> known = new HashMap<>();
    for (int item = 0; item < inModel.size(); item++) {
      known.put(inModel.get(item), item);
    }
    return inTable.stream().mapToInt(name -> known.getOrDefault(name, -1)).toArray();
  }

  private BasketSettings settings() {
    return requireNonNull(settings, "open comes first");
  }
}
