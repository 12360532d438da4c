package soloist.plugin;

import java.util.List;
import java.util.Map;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;

/** One run of a profiler behind the guard of its plugin. */
final class GuardedProfiler implements Profiler {
  private final Running by;
  private final Profiler profiler;
  private Settings settings = new Settings(Map.of());

  GuardedProfiler(Running by) {
    this.by = by;
    profiler = by.create(Profiler.class);
  }

  @Override
  public void open(Settings settings) {
    this.settings = settings;
    by.guard()
        .call(
            "open",
            IllegalArgumentException.class,
            () -> {
              profiler.open(settings);
              return true;
            });
  }

  @Override
  public List<Wanted> wanted() {
    return by.guard().call("wanted", () -> each(profiler.wanted(), Wanted.class));
  }

  @Override
  public List<StandingSegment> segments(Model model) {
    return by.guard().call("segments", () -> each(profiler.segments(model), StandingSegment.class));
  }

  @Override
  public Model fit(Table table, Run run) throws Refused {
    return by.guard()
        .job(
            "fit",
            Refused.class,
            progress ->
                Workshop.isFor(table) && by.kept().manifest().dependencies().isEmpty()
                    ? Workshop.fit(by.kept(), settings, table, watched(run, progress), progress)
                    : profiler.fit(table, watched(run, progress)));
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    by.guard()
        .job(
            "predict",
            Guard.NoException.class,
            progress -> {
              profiler.predict(
                  model,
                  table,
                  watched(run, progress),
                  (row, traits) -> {
                    List<Prediction> checked = each(traits, Prediction.class);
                    progress.host(
                        () -> {
                          to.accept(row, checked);
                          return true;
                        });
                  });
              return true;
            });
  }

  @Override
  public List<Input> inputs(Table table) {
    return by.guard()
        .job("inputs", Guard.NoException.class, _ -> each(profiler.inputs(table), Input.class));
  }

  @Override
  public List<Outcome> outcomes(Model model, Table table, Run run) {
    return by.guard()
        .job(
            "outcomes",
            Guard.NoException.class,
            progress ->
                each(profiler.outcomes(model, table, watched(run, progress)), Outcome.class));
  }

  @Override
  public List<Total> totals(Model model, Table table, Run run, List<int[]> groups) {
    return by.guard()
        .job(
            "totals",
            Guard.NoException.class,
            progress ->
                each(profiler.totals(model, table, watched(run, progress), groups), Total.class));
  }

  @Override
  public void close() {
    GuardedChannel.close(by, profiler);
  }

  private static Run watched(Run run, Progress progress) {
    return new Run() {
      @Override
      public long seed() {
        return run.seed();
      }

      @Override
      public boolean progress(double part) {
        return !progress.isCancelled() && progress.host(() -> run.progress(part));
      }
    };
  }

  /** Generics promise what only a look at each can tell. */
  private static <T> List<T> each(List<T> list, Class<T> type) {
    return list.stream().map(type::cast).toList();
  }
}
