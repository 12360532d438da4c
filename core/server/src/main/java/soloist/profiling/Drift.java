package soloist.profiling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import soloist.profiling.Shift.Mark;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Input;
import soloist.spi.Table;

/**
 * How far a model is from the people of today: by each input, by what it says of them, and by how
 * surprised it is by what came since.
 *
 * @param loss of the days before the look; null where nothing comes by which it could be judged
 * @param then the loss when it was made
 */
record Drift(
    Table table,
    List<Shift> inputs,
    List<Shift> scores,
    @Nullable Spread loss,
    @Nullable Spread then) {

  /** Looks at the people of a table through a model. */
  static Drift of(Profiler profiler, Model model, Table table, Profiler.Run run) {
    var scores = new Scores(table.people().size());
    profiler.predict(model.learnt(), table, run, scores);
    List<Profiler.Outcome> outcomes = profiler.outcomes(model.learnt(), table, run);
    return new Drift(
        table,
        shifts(model.inputs(), profiler.inputs(table)),
        shifts(model.scores(), scores.inputs()),
        outcomes.isEmpty() ? null : Verdict.loss(outcomes),
        model.judged().get("loss") instanceof Map<?, ?> loss ? Spread.of(loss) : null);
  }

  private static List<Shift> shifts(List<Shares> before, List<Input> now) {
    List<Shift> shifts = new ArrayList<>();
    for (Shares each : before) {
      Optional<Input> same =
          now.stream().filter(input -> input.name().equals(each.name())).findFirst();
      same.ifPresent(input -> shifts.add(each.shift(input.column())));
    }
    return shifts;
  }

  Mark mark() {
    Mark most = isWorse() ? Mark.MUCH : Mark.NONE;
    for (Shift each : inputs) {
      most = each.mark().compareTo(most) > 0 ? each.mark() : most;
    }
    for (Shift each : scores) {
      most = each.mark().compareTo(most) > 0 ? each.mark() : most;
    }
    return most;
  }

  /** Whether it does worse than when it was made, by more than chance gives. */
  private boolean isWorse() {
    return loss != null
        && then != null
        && Math.min(loss.people(), then.people()) >= Verdict.FEWEST
        && loss.beyond(then).low() > 0;
  }

  /** As it is kept and as the API shows it, which is the same. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", table.asOf());
    json.put("people", table.people().size());
    json.put("mark", mark().word());
    json.put("worse", isWorse());
    json.put("inputs", inputs.stream().map(Shift::toJson).toList());
    json.put("scores", scores.stream().map(Shift::toJson).toList());
    json.put("loss", loss == null ? null : loss.toJson());
    return json;
  }
}
