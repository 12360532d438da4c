package soloist.profile;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Row;
import soloist.store.Store;

/**
 * Has people folded anew from their rows and their memberships asked again, silently and behind all
 * live rows: after a definition has changed, or when something that was told does not count any
 * more.
 */
public final class Refolds {
  private static final int PAGE = 1_000;
  private static final Duration PATIENCE = Duration.ofMillis(50);
  private static final String REFOLDS = "refolds:";
  private static final Bson SHAPE = eq("_id", "profiles");

  private final Store store;
  private final Journal journal;
  private final Jobs jobs;
  private final InstantSource clock;

  public Refolds(Store store, Journal journal, Jobs jobs, InstantSource clock) {
    this.store = store;
    this.journal = journal;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * Offers everybody to their lanes, once what makes it necessary is done. A crash in between loses
   * nothing: {@link #resume} goes on.
   *
   * @param reason kept in each row, such as {@code segment:regulars@2}
   * @param first what is to be durable before the first row, such as the version's control rows
   * @return a job that ends when everybody is folded anew; empty when there is nobody
   */
  public Optional<Job> offerAll(String reason, Runnable first) {
    if (store.profiles().find().projection(include("_id")).first() == null) {
      first.run();
      return Optional.empty();
    }
    String run = UUID.randomUUID().toString();
    Document plan =
        new Document("_id", REFOLDS + run)
            .append("refold", run)
            .append("reason", reason)
            .append("after", "");
    store.state().insertOne(plan);
    first.run();
    return Optional.of(start(plan));
  }

  /** Goes on with what the last process did not end. */
  public void resume() {
    store.state().find(exists("refold")).forEach(this::start);
  }

  /** Offers everybody once when profiles were stored by a server that made less of their rows. */
  public void reshape(int shape) {
    Document stored = store.state().find(SHAPE).first();
    if (stored == null || stored.getInteger("shape") < shape) {
      offerAll(
          "shape:" + shape,
          () ->
              store
                  .state()
                  .updateOne(SHAPE, set("shape", shape), new UpdateOptions().upsert(true)));
    }
  }

  /** Offers some people; their rows are durable when this returns. */
  public void offer(Collection<String> profileIds, String reason) {
    append(UUID.randomUUID().toString(), profileIds, Map.of("reason", reason));
  }

  /**
   * Offers some people from whose portraits the rows of one origin are to go, now and at every
   * later refold. The same run offers nobody twice.
   */
  public void offerWithout(
      String origin, String run, Collection<String> profileIds, String reason) {
    append(run, profileIds, Map.of("reason", reason, ProfileFold.WITHOUT, origin));
  }

  /**
   * Waits until the lanes have judged every bulk row that there is now.
   *
   * @throws CancellationException when the progress says so
   */
  public void awaitJudged(Jobs.Progress progress, String what) {
    List<Long> heads = journal.heads(Row.Source.BULK);
    long all = journal.bulkLeft(heads);
    long left = all;
    while (left > 0) {
      goOn(progress.at(what, all - left, all));
      LockSupport.parkNanos(PATIENCE.toNanos());
      left = journal.bulkLeft(heads);
    }
  }

  private void append(String run, Collection<String> profileIds, Map<String, Object> properties) {
    List<CompletableFuture<Boolean>> rows = new ArrayList<>();
    for (String id : profileIds) {
      String row = "refold:" + run + ":" + id;
      rows.add(journal.append(Row.refold(row, id, clock.instant(), properties)));
    }
    rows.forEach(CompletableFuture::join);
  }

  private Job start(Document plan) {
    return jobs.start(
        "refold",
        progress -> {
          try {
            long offered = offerFrom(plan, progress);
            awaitJudged(progress, "judged");
            forget(plan);
            return Map.of("reason", plan.getString("reason"), "offered", offered);
          } catch (CancellationException e) {
            // Who cancels it does not want it any more; a server that ends does.
            if (!jobs.isClosing()) {
              forget(plan);
            }
            throw e;
          }
        });
  }

  private void forget(Document plan) {
    store.state().deleteOne(eq("_id", plan.get("_id")));
  }

  private long offerFrom(Document plan, Jobs.Progress progress) {
    long total = store.profiles().estimatedDocumentCount();
    String after = plan.getString("after");
    long offered = 0;
    List<String> ids = page(after);
    while (!ids.isEmpty()) {
      append(plan.getString("refold"), ids, Map.of("reason", plan.getString("reason")));
      offered += ids.size();
      after = ids.getLast();
      store.state().updateOne(eq("_id", plan.get("_id")), set("after", after));
      goOn(progress.at("offered", offered, Math.max(total, offered)));
      ids = page(after);
    }
    return offered;
  }

  private List<String> page(String after) {
    List<String> ids = new ArrayList<>();
    store
        .profiles()
        .find(gt("_id", after))
        .sort(ascending("_id"))
        .limit(PAGE)
        .projection(include("_id"))
        .forEach(profile -> ids.add(profile.getString("_id")));
    return ids;
  }

  private static void goOn(boolean isWanted) {
    if (!isWanted) {
      throw new CancellationException();
    }
  }
}
