package soloist;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import soloist.campaign.Published;
import soloist.lane.Journal;
import soloist.lane.Lanes;
import soloist.lane.Left;
import soloist.lane.Work;
import soloist.rules.judge.DroolsJudge;
import soloist.rules.judge.InterpretingJudge;
import soloist.store.Definitions;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

/**
 * Journals a load in a store of its own and has lanes judge it in a certain way.
 *
 * @param sizes of the batches, one for each lane
 * @param between decides which lanes pull between the instants of the load, and when; null when
 *     they pull only at the end
 */
record Replay(
    int lanes, IntSupplier sizes, @Nullable Random between, Function<Definitions, Work> work) {

  /** The same without Drools, which must give the same and costs less for small batches. */
  static Work interpreted(Definitions definitions) {
    return new Pipeline(
        new Published.Cache(definitions, InterpretingJudge::new), () -> ZoneOffset.UTC);
  }

  static Work pipeline(Definitions definitions) {
    return new Pipeline(new Published.Cache(definitions, DroolsJudge::new), () -> ZoneOffset.UTC);
  }

  Left run(Load load, TestStore server, String database) {
    try (Store store = server.open(database)) {
      return run(load, store);
    }
  }

  Left run(Load load, Store store) {
    Definitions definitions = new Definitions(store);
    SampleDefinitions.save(definitions);
    var clock = new ManualClock(Load.START);
    try (Journal journal = new Journal(store, clock, (_, _) -> {})) {
      Lanes running = new Lanes(lanes, store, journal, work.apply(definitions), sizes);
      for (int i = 0; i < load.ticks().size(); i++) {
        Load.Tick tick = load.ticks().get(i);
        clock.set(tick.at());
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        tick.rows().forEach(row -> done.add(journal.append(row)));
        done.forEach(CompletableFuture::join);
        if (tick.caughtUp()) {
          running.pullAll();
        } else if (between != null && i + 1 < load.ticks().size()) {
          pullSome(running, clock, tick.at(), load.ticks().get(i + 1).at());
        }
      }
      running.pullAll();
      clock.set(load.end());
      running.pullAll();
    }
    return Left.in(store);
  }

  private void pullSome(Lanes running, ManualClock clock, Instant from, Instant to) {
    for (int lane = 0; lane < running.count(); lane++) {
      if (between.nextInt(3) == 0) {
        running.pull(lane);
      }
    }
    if (between.nextInt(4) == 0) {
      long gap = Duration.between(from, to).toMillis();
      clock.set(from.plusMillis(between.nextLong(gap + 1)));
      running.pull(between.nextInt(running.count()));
    }
  }
}
