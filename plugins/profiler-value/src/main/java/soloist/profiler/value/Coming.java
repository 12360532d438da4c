package soloist.profiler.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import soloist.learning.data.HeldOut;
import soloist.learning.value.Buying;
import soloist.spi.Profiler.Outcome;
import soloist.spi.Profiler.Run;
import soloist.spi.Table;

/**
 * Whether an order came in the last weeks, beside the chance that a model would have given it
 * before; named are those who would have been high-value customers then.
 */
final class Coming {
  private static final int TELL_EVERY = 2_000;

  private Coming() {}

  static List<Outcome> outcomes(Learnt learnt, Table table, ValueSettings settings, Run run) {
    var worth = learnt.worth();
    if (worth == null || !learnt.holdsOut()) {
      return List.of();
    }
    var customers = new Customers(table, settings.currency());
    int[] rows = IntStream.range(0, customers.rows()).filter(customers::isCustomer).toArray();
    double weeks = HoldOut.weeks(customers, rows, settings.weeks());
    long then = customers.now() - (long) weeks * Before.WEEK;
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; weeks >= 1 && i < rows.length; i++) {
      if (i % TELL_EVERY == 0 && !run.progress((double) i / rows.length)) {
        return List.of();
      }
      int row = rows[i];
      Optional<Buying> buying = customers.buying(row, then);
      if (buying.isPresent()) {
        double silent = worth.orders().getFirst().silent(weeks, buying.get());
        Scores scores = learnt.scales().scores(customers.at(row, then).orElseThrow());
        outcomes.add(
            new Outcome(
                row,
                Math.clamp(1 - silent, 0, 1),
                scores.group() == Group.HIGH_VALUE,
                customers.ordersAfter(row, then) > 0,
                HeldOut.holds(table.people().get(row))));
      }
    }
    return List.copyOf(outcomes);
  }
}
