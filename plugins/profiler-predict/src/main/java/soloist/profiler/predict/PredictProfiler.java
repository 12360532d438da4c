package soloist.profiler.predict;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/**
 * Foretells what becomes of customers: who leaves, who buys again, who buys a product, to whom an
 * event happens.
 */
@Extension
public final class PredictProfiler implements Profiler {
  private static final String ORDER = "order";
  private static final int TELL_EVERY = 500;

  private @Nullable PredictSettings settings;

  @Override
  public void open(Settings values) {
    settings = PredictSettings.of(values);
  }

  @Override
  public List<Wanted> wanted() {
    List<Wanted> wanted = new ArrayList<>(List.of(new Wanted(ORDER, Wanted.Type.EVENTS)));
    if (settings().goal() == Goal.RISK && !settings().event().equals(ORDER)) {
      wanted.add(new Wanted(settings().event(), Wanted.Type.EVENTS));
    }
    settings().facts().forEach(fact -> wanted.add(new Wanted(fact, Wanted.Type.NUMBER)));
    settings().texts().forEach(text -> wanted.add(new Wanted(text, Wanted.Type.TEXT)));
    return List.copyOf(wanted);
  }

  @Override
  public List<StandingSegment> segments(Model model) {
    return Learnt.of(model.bytes()).segments();
  }

  @Override
  public Model fit(Table table, Run run) throws Refused {
    var histories = new Histories(table, settings());
    run.progress(0.05);
    Trial trial = Trial.of(histories, settings(), run);
    run.progress(0.8);
    List<StandingSegment> segments = new ArrayList<>();
    segments.add(Likely.segment(settings(), trial.named()));
    segments.addAll(Leaves.of(trial.tested(), settings().goal(), settings().days(), run.seed()));
    run.progress(0.85);
    var learnt =
        new Learnt(
            histories.vocabulary(),
            trial.learnt(),
            trial.tested().share(),
            trial.named(),
            segments);
    return new Model(
        learnt.bytes(),
        new PredictCard(trial, settings(), histories.vocabulary(), run.seed()).card());
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    Learnt learnt = Learnt.of(model.bytes());
    var histories = new Histories(table, settings(), learnt.vocabulary());
    var reasons = new Reasons(settings(), histories.names(), learnt.share());
    long now = histories.now().toEpochMilli();
    int[] rows = histories.customers(now);
    for (int i = 0; i < rows.length; i++) {
      if (i % TELL_EVERY == 0 && !run.progress((double) i / rows.length)) {
        return;
      }
      double[] facts = histories.facts(rows[i], now);
      double chance = learnt.learner().chance(facts);
      to.accept(
          rows[i],
          List.of(
              new Prediction(
                  settings().goal().trait(),
                  BigDecimal.valueOf(chance).setScale(3, RoundingMode.HALF_UP),
                  reasons.of(facts, learnt.learner().moved(facts)))));
    }
  }

  /** But for texts: which words they have is no place on a scale. */
  @Override
  public List<Input> inputs(Table table) {
    var histories = new Histories(table, settings());
    List<Text> names = histories.names();
    long now = histories.now().toEpochMilli();
    int[] rows = histories.customers(now);
    List<double[]> facts = IntStream.of(rows).mapToObj(row -> histories.facts(row, now)).toList();
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < Fact.values().length + settings().facts().size(); i++) {
      int column = i;
      Text name = names.get(i);
      inputs.add(
          new Input(
              name,
              new Table.Numbers(
                  name.en(), facts.stream().mapToDouble(each -> each[column]).toArray())));
    }
    return List.copyOf(inputs);
  }

  /** Of the last days that are over. */
  @Override
  public List<Outcome> outcomes(Model model, Table table, Run run) {
    Learnt learnt = Learnt.of(model.bytes());
    var histories = new Histories(table, settings(), learnt.vocabulary());
    long then = histories.daysAgo(settings().days());
    List<Outcome> outcomes = new ArrayList<>();
    for (int row : histories.customers(then)) {
      if (outcomes.size() % TELL_EVERY == 0 && !run.progress(0)) {
        return List.of();
      }
      double chance = Math.clamp(learnt.learner().chance(histories.facts(row, then)), 0, 1);
      outcomes.add(
          new Outcome(
              row,
              chance,
              chance >= learnt.bound(),
              histories.happened(row, then),
              histories.isHeldOut(row)));
    }
    return List.copyOf(outcomes);
  }

  private PredictSettings settings() {
    return requireNonNull(settings, "open comes first");
  }
}
