package soloist.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.bson.Document;
import soloist.http.Problem;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.lane.Crossings;
import soloist.profile.Findable;
import soloist.profile.Refolds;
import soloist.profile.Roots;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Makes the platform forget a person (GDPR, article 17): what is left are a keyed hash of the
 * addresses, so that nobody writes to them again, and counts under an id that leads nowhere. Who it
 * is about is noted first and thrown away last, so that every step can be done twice and a run that
 * was cut off goes on at the next start.
 */
public final class Erasure {
  private static final String KIND = "erasure";
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long PATIENCE_NANOS = 50_000_000;
  private static final String EMAIL = "email";

  private final Store store;
  private final Records records;
  private final List<Traces> traces;
  private final Suppressions suppressions;
  private final Refolds refolds;
  private final Jobs jobs;
  private final InstantSource clock;
  private final Supplier<ZoneId> zone;

  /**
   * @param zone that the owner's days begin in
   */
  public Erasure(
      Store store,
      List<Traces> traces,
      Suppressions suppressions,
      Refolds refolds,
      Jobs jobs,
      InstantSource clock,
      Supplier<ZoneId> zone) {
    this.store = store;
    this.records = new Records(store);
    this.traces = List.copyOf(traces);
    this.suppressions = suppressions;
    this.refolds = refolds;
    this.jobs = jobs;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Begins.
   *
   * @throws Problem 404 when there is nobody under this id
   */
  public Job start(String profileId) {
    Optional<Document> person = Roots.find(store, profileId);
    // Whoever turned out to be the same goes first: what still waits there is moved to the person.
    List<String> ids = new ArrayList<>(person.map(Roots::ids).orElse(Set.of(profileId)));
    ids.sort(Comparator.comparing((String id) -> isRoot(person, id)));
    ids.forEach(id -> note(id, person));
    return jobs.start(
        KIND,
        progress -> {
          Map<String, Object> result = Map.of();
          for (String id : ids) {
            result = run(id, progress);
          }
          return result;
        });
  }

  private static boolean isRoot(Optional<Document> person, String id) {
    return person.filter(root -> root.getString("_id").equals(id)).isPresent();
  }

  private void note(String profileId, Optional<Document> person) {
    Document begun = store.erasures().find(eq("_id", profileId)).first();
    if (person.isEmpty() && (begun == null || begun.get("doneAt") != null)) {
      throw Problem.notFound();
    }
    if (person.isPresent()) {
      // What an earlier run that was cut off had noted knows more than what is left of the profile.
      Subject who =
          begun != null && begun.get("who") != null
              ? who(begun)
              : Subject.of(store, person.get()).as(profileId);
      store
          .erasures()
          .replaceOne(
              eq("_id", profileId),
              new Document("_id", profileId)
                  .append("beganAt", Values.date(clock.instant()))
                  .append("doneAt", null)
                  .append("who", who.toDocument())
                  .append("now", begun == null ? pseudonym() : begun.getString("now"))
                  .append("rows", begun == null ? List.of() : begun.get("rows")),
              new ReplaceOptions().upsert(true));
    }
  }

  /** Goes on where the last process was cut off. */
  public void resume() {
    for (Document begun : store.erasures().find(eq("doneAt", null)).into(new ArrayList<>())) {
      String id = begun.getString("_id");
      jobs.start(KIND, progress -> run(id, progress));
    }
  }

  private static String pseudonym() {
    return "erased-" + UUID.randomUUID();
  }

  private static Subject who(Document begun) {
    return Subject.of(Values.document(begun, "who"));
  }

  private Map<String, Object> run(String id, Jobs.Progress progress) throws IOException {
    Document begun = store.erasures().find(eq("_id", id)).first();
    if (begun == null || begun.get("who") == null) {
      return Map.of();
    }
    Subject who = who(begun);
    step("suppressing", 0, progress);
    suppress(who);
    store.identifiers().deleteMany(eq("profileId", id));
    step("judging", 1, progress);
    await(() -> isJudged(id), progress, "judging");
    leaveSegments(id, begun);
    store.profiles().deleteOne(eq("_id", id));
    step("messages", 2, progress);
    hold(id, progress);
    Forgetting forgetting = new Forgetting(store, id, begun.getString("now"));
    forgetting.strip(store.outbox());
    forgetting.strip(store.decisions());
    store.dead().deleteMany(eq("profileId", id));
    store.foretold().deleteMany(eq("profileId", id));
    store.reviews().deleteMany(eq("profileId", id));
    store.pairs().deleteMany(or(eq("one", id), eq("other", id)));
    step("history", 3, progress);
    TakenFor others = TakenFor.find(store, id);
    others.scrub(who);
    forgetting.rows(others.moved());
    forgetting.rows(eq("profileId", id));
    step("files", 4, progress);
    Set<String> touched = records.scrub(who);
    touched.addAll(others.ids());
    foldAnew(touched, progress);
    for (Traces each : traces) {
      each.erase(who);
    }
    step("checking", 5, progress);
    List<String> left = new ArrayList<>(records.remaining(who));
    for (Traces each : traces) {
      left.addAll(each.of(who).keySet());
    }
    if (!left.isEmpty()) {
      throw Problem.invalid("", "erasure-left", String.join(", ", left));
    }
    store
        .erasures()
        .updateOne(
            eq("_id", id),
            combine(
                set("doneAt", Values.date(clock.instant())),
                unset("who"),
                unset("now"),
                unset("rows")));
    return Map.of("erased", true);
  }

  /** Counted under the name that leads nowhere, so that a segment's past stays what it was. */
  private void leaveSegments(String id, Document begun) {
    Document profile = store.profiles().find(eq("_id", id)).first();
    if (profile != null) {
      Crossings.forgotten(
          store,
          begun.getString("now"),
          profile.getList(Findable.SEGMENTS, String.class, List.of()),
          LocalDate.ofInstant(Values.instant(begun, "beganAt"), zone.get()));
    }
  }

  /** What others were called by, or had from this person, goes from their portraits as well. */
  private void foldAnew(Set<String> people, Jobs.Progress progress) {
    Set<String> there = new TreeSet<>();
    Roots.findAll(store, people).values().forEach(root -> there.add(root.getString("_id")));
    if (!there.isEmpty()) {
      refolds.offer(there, KIND);
      refolds.awaitJudged(progress, "judging");
    }
  }

  private static void step(String what, int done, Jobs.Progress progress) {
    if (!progress.at(what, done, 6)) {
      throw new CancellationException();
    }
  }

  /** On every channel by which something was sent to the person, and by mail in any case. */
  private void suppress(Subject who) {
    Map<String, Set<String>> addresses = new TreeMap<>();
    who.addresses(EMAIL)
        .forEach(each -> addresses.computeIfAbsent(EMAIL, _ -> new HashSet<>()).add(each));
    for (Document message : store.outbox().find(eq("profileId", who.profile()))) {
      if (message.getString("recipient") != null) {
        addresses
            .computeIfAbsent(message.getString("channel"), _ -> new HashSet<>())
            .add(message.getString("recipient"));
      }
    }
    addresses.forEach(
        (channel, each) ->
            each.forEach(
                address ->
                    suppressions.add(channel, address, Suppressions.Reason.ERASED, "erasure")));
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, Jobs.Progress progress, String what) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.holds()) {
      if (!progress.at(what, 0, 0)) {
        throw new CancellationException();
      }
      if (System.nanoTime() - end > 0) {
        throw Problem.invalid("", "erasure-busy");
      }
      LockSupport.parkNanos(PATIENCE_NANOS);
    }
  }

  /** Whether no row of the person waits any more; none can come, since no identifier leads here. */
  private boolean isJudged(String id) {
    for (String source : List.of("live", "bulk")) {
      Document last =
          store
              .events()
              .find(and(eq("profileId", id), eq("source", source)))
              .sort(Sorts.descending("position"))
              .limit(1)
              .first();
      Document cursor =
          last == null
              ? null
              : store.cursors().find(eq("_id", last.getInteger("partition"))).first();
      if (last != null && (cursor == null || cursor.getLong(source) < last.getLong("position"))) {
        return false;
      }
    }
    return true;
  }

  /** What has not left stays; what is on its way is waited for. */
  private void hold(String id, Jobs.Progress progress) {
    await(
        () -> {
          store
              .outbox()
              .updateMany(
                  and(eq("profileId", id), eq("state", "queued")),
                  combine(set("state", "held"), set("reason", "erased")));
          return store
                  .outbox()
                  .find(and(eq("profileId", id), in("state", "claimed", "inflight")))
                  .first()
              == null;
        },
        progress,
        "messages");
  }
}
