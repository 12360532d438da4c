package soloist.job;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.plugin.PluginFault;
import soloist.spi.Connector;
import soloist.spi.Profiler;
import soloist.spi.Text;
import soloist.store.Store;

/** Runs long work on threads of its own and remembers what became of it. */
public final class Jobs implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Jobs.class.getName());
  private static final Duration LONGEST_END = Duration.ofSeconds(10);
  private static final int MOST_LISTED = 100;

  /** Does the work. */
  @FunctionalInterface
  public interface Work {
    /**
     * Works until it is done.
     *
     * @return what came of it, as values that JSON has
     * @throws CancellationException when the progress says so
     */
    Map<String, Object> run(Progress progress) throws Exception;
  }

  /** Hears how far the work has got. */
  @FunctionalInterface
  public interface Progress {
    /**
     * So far.
     *
     * @return false when the work was cancelled: it ends by a {@link CancellationException}
     */
    boolean at(String what, long done, long total);
  }

  private static final class Running {
    volatile Job job;
    volatile boolean cancelled;

    Running(Job job) {
      this.job = job;
    }
  }

  private final Store store;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /** Marks what ran when the last process ended. */
  public Jobs(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    store
        .jobs()
        .updateMany(
            eq("state", Job.State.RUNNING.name()),
            combine(
                set("state", Job.State.INTERRUPTED.name()),
                set("endedAt", Date.from(clock.instant()))));
  }

  /** Starts work and returns at once. */
  public Job start(String kind, Work work) {
    Instant now = clock.instant();
    Job job =
        new Job(
            UUID.randomUUID().toString(),
            kind,
            Job.State.RUNNING,
            "",
            0,
            0,
            Map.of(),
            null,
            now,
            null);
    Running started = new Running(job);
    running.put(job.id(), started);
    save(job);
    threads.execute(() -> run(started, work));
    return job;
  }

  private void run(Running started, Work work) {
    Job.State state = Job.State.DONE;
    Map<String, Object> result = Map.of();
    Text reason = null;
    try {
      result =
          work.run(
              (what, done, total) -> {
                started.job = started.job.at(what, done, total);
                return !started.cancelled && !closing;
              });
    } catch (CancellationException _) {
      state = closing && !started.cancelled ? Job.State.INTERRUPTED : Job.State.CANCELLED;
    } catch (Profiler.Refused e) {
      state = Job.State.FAILED;
      reason = e.reason();
    } catch (Exception e) {
      // The boundary of long work: nobody waits for it, so its failure is told where it is shown.
      LOG.log(System.Logger.Level.WARNING, started.job.kind() + " failed", e);
      state = Job.State.FAILED;
      reason = reason(e);
    }
    Job ended = started.job.ended(state, result, reason, clock.instant());
    try {
      save(ended);
    } finally {
      running.remove(ended.id());
    }
  }

  /** What can be said in both languages is; the rest is told as it is. */
  private static Text reason(Exception failure) {
    return switch (failure) {
      case Connector.Unreadable unreadable -> unreadable.reason();
      case PluginFault fault -> new Text(fault.in(Texts.ENGLISH), fault.in(Texts.CHINESE));
      case Problem problem when !problem.details().isEmpty() -> {
        Problem.Detail detail = problem.details().getFirst();
        yield new Text(detail.in(Texts.ENGLISH), detail.in(Texts.CHINESE));
      }
      default -> {
        String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        yield new Text(said, said);
      }
    };
  }

  private void save(Job job) {
    store
        .jobs()
        .replaceOne(eq("_id", job.id()), job.toDocument(), new ReplaceOptions().upsert(true));
  }

  public Optional<Job> find(String id) {
    Running here = running.get(id);
    return here != null
        ? Optional.of(here.job)
        : Optional.ofNullable(store.jobs().find(eq("_id", id)).first()).map(Job::of);
  }

  /** The newest hundred, those that run first. */
  public List<Job> list() {
    List<Job> jobs = new ArrayList<>(running.values().stream().map(each -> each.job).toList());
    List<String> known = jobs.stream().map(Job::id).toList();
    store
        .jobs()
        .find(known.isEmpty() ? Filters.empty() : nin("_id", known))
        .sort(descending("startedAt"))
        .limit(MOST_LISTED)
        .forEach(document -> jobs.add(Job.of(document)));
    return jobs;
  }

  /** Asks work to end. Nothing happens when it is over. */
  public void cancel(String id) {
    Running here = running.get(id);
    if (here != null) {
      here.cancelled = true;
    }
  }

  /** Whether the server ends: work that ends for that was interrupted, not cancelled. */
  public boolean isClosing() {
    return closing;
  }

  /** Asks all to end and waits a little. */
  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
