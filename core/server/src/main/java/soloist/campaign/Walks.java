package soloist.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.rules.condition.Segment;
import soloist.store.Definitions;

/**
 * Goes through all people and journals a row for each whom a campaign concerns. Rows first, then
 * how far it is: after a crash the last few are offered again under the same ids, which counts
 * once. Waits while rows wait to be judged, so that a click does not stand behind many.
 */
final class Walks {
  private static final String JOB = "campaign";
  private static final int MOST_WAITING = 100;
  private static final Duration PATIENCE = Duration.ofMillis(10);

  private final PlanStore plans;
  private final Definitions definitions;
  private final Audience audience;
  private final Journal journal;
  private final Jobs jobs;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  Walks(PlanStore plans, Definitions definitions, Audience audience, Journal journal, Jobs jobs) {
    this.plans = plans;
    this.definitions = definitions;
    this.audience = audience;
    this.journal = journal;
    this.jobs = jobs;
  }

  /** Goes on with what a plan has left to do, on a thread of its own. */
  void begin(Plan plan) {
    if (next(plan).isPresent() && running.add(plan.id())) {
      jobs.start(JOB, progress -> run(plan.id(), progress));
    }
  }

  /** The walk to go on with; none while the campaign does not run. */
  private static Optional<Walk> next(Plan plan) {
    return plan.state() == Plan.State.ACTIVE
        ? plan.walks().values().stream().filter(walk -> !walk.ended()).findFirst()
        : Optional.empty();
  }

  private Map<String, Object> run(String id, Jobs.Progress progress) {
    try {
      long rows = 0;
      Plan plan = plan(id);
      Optional<Walk> walk = next(plan);
      while (walk.isPresent()) {
        rows += step(plan, walk.get());
        pause(plan, walk.get(), progress);
        plan = plan(id);
        walk = next(plan);
      }
      running.remove(id);
      // What was planned while this one came to its end.
      begin(plan(id));
      return Map.of("campaign", id, "rows", rows);
    } finally {
      running.remove(id);
    }
  }

  private Plan plan(String id) {
    return plans.find(id).orElseThrow();
  }

  /** Takes the next few people. Returns how many rows were journalled. */
  private long step(Plan plan, Walk walk) {
    List<Document> people = audience.after(walk.after());
    if (people.isEmpty()) {
      if (plan.isBroadcast()) {
        plans.change(plan.in(Plan.State.DONE, null));
      }
      plans.reached(plan.id(), walk.end());
      return 0;
    }
    Segment segment = Blueprint.segment(definitions, plan.segment()).orElseThrow();
    Instant now = plans.now();
    List<CompletableFuture<Boolean>> rows = new ArrayList<>();
    for (Document document : people) {
      Profile profile = ProfileDocuments.read(document);
      if (audience.isIn(segment, profile, now)) {
        rows.add(journal.append(row(plan, walk, profile.id(), now)));
      }
    }
    rows.forEach(CompletableFuture::join);
    plans.reached(plan.id(), walk.at(people.getLast().getString("_id"), rows.size()));
    return rows.size();
  }

  private static Row row(Plan plan, Walk walk, String profile, Instant now) {
    return Row.draft(
        "offer:" + plan.id() + "@" + walk.version() + ":" + profile,
        profile,
        List.of(),
        EventTypes.OFFERED,
        now,
        "system",
        Map.of(),
        plan.isBroadcast()
            ? Map.of("campaign", plan.id())
            : Map.of("campaign", plan.id(), "wave", Wave.offer(walk.version())));
  }

  private void pause(Plan plan, Walk walk, Jobs.Progress progress) {
    do {
      if (!progress.at(plan.id(), walk.done(), walk.total())) {
        throw new CancellationException();
      }
      if (journal.backlog() > MOST_WAITING) {
        LockSupport.parkNanos(PATIENCE.toNanos());
      }
    } while (journal.backlog() > MOST_WAITING);
  }
}
