package soloist.profiling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import soloist.http.Problem;
import soloist.ingest.Ingest;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.plugin.Instances.Instance;
import soloist.plugin.PluginFault;
import soloist.plugin.PluginHost;
import soloist.profile.Refolds;
import soloist.spi.Profiler;
import soloist.spi.Table;
import soloist.store.Store;

/**
 * One run: everything that was told before is judged first; then the table, the model, whether it
 * takes over, and if it does the segments that stand on it and a row for everybody of whom it says
 * something new.
 */
final class Learning {
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final long PATIENCE_NANOS = 50_000_000;

  private final Store store;
  private final PluginHost plugins;
  private final Journal journal;
  private final Refolds refolds;
  private final Ingest ingest;
  private final InstantSource clock;
  private final Models models;
  private final Upkeeps upkeeps;
  private final StandingSegments segments;
  private final Judging judging;
  private final Worths worths;
  private final Reviews reviews;

  Learning(
      Store store,
      PluginHost plugins,
      Journal journal,
      Refolds refolds,
      Ingest ingest,
      InstantSource clock,
      Models models,
      StandingSegments segments) {
    this.store = store;
    this.plugins = plugins;
    this.journal = journal;
    this.refolds = refolds;
    this.ingest = ingest;
    this.clock = clock;
    this.models = models;
    this.segments = segments;
    upkeeps = new Upkeeps(store);
    judging = new Judging(store, models);
    worths = new Worths(store);
    reviews = new Reviews(store);
  }

  /** What is to become of what is learnt. */
  enum Manner {
    /** It takes over at once. */
    TAKES_OVER,
    /** It takes over if it is not worse than the one that stands. */
    CHALLENGES,
    /** The same, and only if the people have changed. */
    CHALLENGES_ON_CHANGE,
    /** Nothing is learnt: it is only looked whether the people have changed. */
    LOOKS
  }

  /** The model whose word counts: the newest that ever did, where none was noted. */
  Optional<String> standingId(String instance) {
    String noted = upkeeps.find(instance).standing();
    return noted == null ? models.newestId(instance) : Optional.of(noted);
  }

  Optional<Model> standing(String instance) {
    return standingId(instance).flatMap(models::find);
  }

  Map<String, Object> learn(Instance instance, long seed, Manner manner, Jobs.Progress progress)
      throws Exception {
    awaitJudged(progress);
    try (Profiler profiler = opened(instance)) {
      Table table = table(profiler, now(), progress);
      int people = table.people().size();
      Asked asked =
          new Asked(seed, part -> progress.at("learning", Math.round(part * people), people));
      Optional<Model> standing = standing(instance.id());
      standing.ifPresent(model -> upkeeps.stands(instance.id(), model.id()));
      if (manner != Manner.TAKES_OVER && standing.isPresent()) {
        Shift.Mark mark = look(profiler, instance, standing.get(), table, asked);
        if (manner == Manner.LOOKS
            || (manner == Manner.CHALLENGES_ON_CHANGE && mark != Shift.Mark.MUCH)) {
          return Map.of("model", standing.get().id(), "drift", mark.word());
        }
      } else if (manner == Manner.LOOKS) {
        return Map.of();
      }
      Profiler.Model learnt = profiler.fit(table, asked);
      asked.requireGoesOn();
      Model model = kept(instance, profiler, seed, table, learnt);
      List<Profiler.Outcome> outcomes = judging.judge(profiler, model, table, asked);
      Verdict verdict =
          manner == Manner.TAKES_OVER || standing.isEmpty()
              ? Verdict.takesOver(
                  standing.isPresent() ? Verdict.Reason.OWNER : Verdict.Reason.FIRST)
              : against(profiler, standing.get(), model, outcomes, table, asked);
      asked.requireGoesOn();
      answered(instance.id(), model.id(), Verdict.Reason.NEWER);
      models.note(model.id(), "verdict", verdict.toJson());
      if (verdict.decision() == Verdict.Decision.TAKES_OVER) {
        return stand(profiler, model, table, progress);
      }
      return Map.of("model", model.id(), "verdict", verdict.toJson());
    }
  }

  private Verdict against(
      Profiler profiler,
      Model standing,
      Model model,
      List<Profiler.Outcome> outcomes,
      Table table,
      Asked asked) {
    boolean asks = upkeeps.find(model.instance()).asks();
    Verdict verdict = judging.against(profiler, standing, model, outcomes, table, asked, asks);
    // Scores by place in line cannot be wrong, only old.
    boolean isAlike =
        verdict.reason() == Verdict.Reason.NOTHING
            && !asks
            && StandingSegments.areAlike(
                model.plugin(), profiler.segments(model.learnt()), standing.segments());
    return isAlike
        ? new Verdict(Verdict.Decision.TAKES_OVER, Verdict.Reason.ALIKE, standing.id(), null)
        : verdict;
  }

  /** Those that waited for a word do so no longer. */
  void answered(String instance, String by, Verdict.Reason reason) {
    for (String waiting : models.waiting(instance)) {
      if (!waiting.equals(by)) {
        models.declined(waiting, reason);
      }
    }
  }

  /** Whether the people have moved away from the model that stands; nothing where it cannot say. */
  private Shift.Mark look(
      Profiler profiler, Instance instance, Model standing, Table table, Asked asked) {
    if (!standing.revision().equals(instance.revision())) {
      return Shift.Mark.NONE;
    }
    try {
      Drift drift = Drift.of(profiler, standing, table, asked);
      asked.requireGoesOn();
      models.note(standing.id(), "drift", drift.toJson());
      return drift.mark();
    } catch (PluginFault e) {
      System.getLogger(Learning.class.getName())
          .log(System.Logger.Level.INFO, "the model that stands cannot be looked through", e);
      return Shift.Mark.NONE;
    }
  }

  /** Goes on telling what a model says. */
  Map<String, Object> goOn(Instance instance, Model model, Jobs.Progress progress) {
    awaitJudged(progress);
    try (Profiler profiler = opened(instance)) {
      return tell(profiler, model, table(profiler, model.turn().at(), progress), progress);
    }
  }

  /** Has another model count, by the owner's word. */
  Map<String, Object> stand(Instance instance, Model model, Jobs.Progress progress) {
    awaitJudged(progress);
    try (Profiler profiler = opened(instance)) {
      Table table = table(profiler, now(), progress);
      answered(instance.id(), model.id(), Verdict.Reason.OWNER);
      models.note(model.id(), "verdict", Verdict.takesOver(Verdict.Reason.OWNER).toJson());
      return stand(profiler, model, table, progress);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private Map<String, Object> stand(
      Profiler profiler, Model model, Table table, Jobs.Progress progress) {
    List<Standing> before =
        standing(model.instance()).filter(it -> !it.id().equals(model.id())).stream()
            .flatMap(it -> it.segments().stream())
            .toList();
    List<Standing> others =
        plugins.instances().all().stream()
            .filter(it -> !it.id().equals(model.instance()))
            .flatMap(it -> standing(it.id()).stream())
            .filter(it -> it.plugin().equals(model.plugin()))
            .flatMap(it -> it.segments().stream())
            .toList();
    List<Standing> known = new ArrayList<>(before);
    known.addAll(others);
    List<Standing> now = segments.of(model.plugin(), profiler.segments(model.learnt()), known);
    List<Standing> after = new ArrayList<>(now);
    after.addAll(others);
    Model standing =
        models.stands(
            model,
            new Model.Turn(model.turn().number() + 1, table.asOf()),
            now,
            segments.retired(before, after));
    upkeeps.stands(model.instance(), model.id());
    return tell(profiler, standing, table, progress);
  }

  private Table table(Profiler profiler, Instant asOf, Jobs.Progress progress) {
    return new People(profiler.wanted()).read(store, asOf, progress);
  }

  Profiler opened(Instance instance) {
    Profiler profiler = plugins.profiler(instance.plugin());
    try {
      profiler.open(plugins.instances().settings(instance.id()));
      return profiler;
    } catch (RuntimeException e) {
      profiler.close();
      throw e;
    }
  }

  private Model kept(
      Instance instance, Profiler profiler, long seed, Table table, Profiler.Model learnt) {
    if (learnt.bytes().length > MOST_BYTES) {
      throw Problem.invalid("", "profiler-model-size", Integer.toString(MOST_BYTES / 1024 / 1024));
    }
    Model model =
        new Model(
            UUID.randomUUID().toString(),
            instance.id(),
            instance.plugin(),
            plugins.version(instance.plugin()).orElse(""),
            seed,
            table.asOf(),
            table.people().size(),
            learnt,
            List.of(),
            List.of(),
            false,
            instance.revision(),
            new Model.Turn(0, table.asOf()),
            List.of(),
            profiler.inputs(table).stream().map(Shares::of).toList(),
            List.of(),
            Map.of());
    models.add(model, Optional.ofNullable(upkeeps.find(instance.id()).standing()));
    return model;
  }

  private Map<String, Object> tell(
      Profiler profiler, Model model, Table table, Jobs.Progress progress) {
    segments.publish(model, progress);
    // What is said for the first time is history, and so is what an earlier model says again.
    boolean isNews = model.turn().number() == 1 && models.hasToldBefore(model);
    Telling telling = new Telling(model, isNews, table, store, ingest, progress);
    Asked asked = new Asked(model.seed(), _ -> telling.goesOn());
    profiler.predict(model.learnt(), table, asked, telling);
    asked.requireGoesOn();
    telling.finish();
    models.written(
        model.id(),
        telling.scores().keys(),
        telling.scores().inputs().stream().map(Shares::of).toList());
    refolds.awaitJudged(progress, "judging");
    worths.keep(profiler, model, table, asked);
    reviews.look(table);
    return telling.result();
  }

  /** What was told before a run counts; a stream of events that never rests is not waited for. */
  private void awaitJudged(Jobs.Progress progress) {
    long end = System.nanoTime() + LONGEST_REST.toNanos();
    while (journal.backlog() > 0 && System.nanoTime() - end < 0) {
      if (!progress.at("judging", 0, 0)) {
        throw new CancellationException();
      }
      LockSupport.parkNanos(PATIENCE_NANOS);
    }
    refolds.awaitJudged(progress, "judging");
  }
}
