package soloist.campaign;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Partitions;
import soloist.profile.Findable;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.campaign.Trigger;
import soloist.store.Definitions;
import soloist.store.Store;

/**
 * Keeps the messages of a wave back until it is known how many it reaches. A small one goes out; a
 * large one waits for the owner's word. Lanes put such messages into the outbox with a due instant
 * that never comes; each word is stored before messages follow it, so a crash in between only
 * delays them.
 */
public final class Waves {
  /** Due of a message of which it is not decided yet whether it goes out. */
  static final Instant UNDECIDED = Instant.parse("9999-01-01T00:00:00Z");

  /** Due of a message that waits for the owner's word. */
  public static final Instant HELD = Instant.parse("9999-02-01T00:00:00Z");

  private static final System.Logger LOG = System.getLogger(Waves.class.getName());
  private static final long ALWAYS_FEW = 200;
  private static final int SHARE = 20;
  private static final int AT_ONCE = 1_000;

  /** What is said of a wave. Only GOES is not the last word. */
  enum Word {
    GOES,
    HELD,
    RELEASED,
    DISCARDED
  }

  private final Store store;
  private final Definitions definitions;
  private final Journal journal;
  private final Jobs jobs;
  private final InstantSource clock;

  public Waves(
      Store store, Definitions definitions, Journal journal, Jobs jobs, InstantSource clock) {
    this.store = store;
    this.definitions = definitions;
    this.journal = journal;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Decides of what has come. Called every second. */
  public synchronized void tick() {
    try {
      Set<String> seen = new HashSet<>();
      Document next = undecided(seen);
      while (next != null) {
        seen.add(next.getString("wave"));
        decide(Wave.named(next.getString("wave")));
        next = undecided(seen);
      }
    } catch (RuntimeException e) {
      // The boundary of the timer: the messages are in the outbox, the next second tries again.
      LOG.log(System.Logger.Level.WARNING, "waves of messages will be looked at again", e);
    }
  }

  private @Nullable Document undecided(Set<String> seen) {
    return store
        .outbox()
        .find(and(at(UNDECIDED), nin("wave", seen)))
        .projection(include("wave"))
        .first();
  }

  private static Bson at(Instant due) {
    return and(eq("state", "queued"), eq("dueAt", Date.from(due)));
  }

  private void decide(Wave wave) {
    Document known = store.waves().find(eq("_id", wave.id())).first();
    Word word = known == null ? Word.GOES : Word.valueOf(known.getString("word"));
    if (word != Word.GOES) {
      follow(wave, word);
      return;
    }
    // Asked first: whoever comes after the answer is not among those counted below.
    boolean isWhole = isWhole(wave);
    Map<String, String> waiting = messages(and(at(UNDECIDED), eq("wave", wave.key())));
    // With those whose mails have left: a second mail to somebody makes nobody more.
    long people = people(messages(eq("wave", wave.key())));
    long audience = people > ALWAYS_FEW ? audience(wave.campaign()) : 0;
    long limit = Math.max(ALWAYS_FEW, audience / SHARE);
    if (people > limit) {
      say(wave, Word.HELD, people, limit, audience);
      follow(wave, Word.HELD);
    } else if (isWhole) {
      say(wave, Word.GOES, people, limit, audience);
      List<String> counted = List.copyOf(waiting.keySet());
      for (int from = 0; from < counted.size(); from += AT_ONCE) {
        List<String> some = counted.subList(from, Math.min(counted.size(), from + AT_ONCE));
        follow(Word.GOES, in("_id", some));
      }
    }
  }

  private void say(Wave wave, Word word, long people, long limit, long audience) {
    store
        .waves()
        .updateOne(
            eq("_id", wave.id()),
            combine(
                set("campaign", wave.campaign()),
                set("cause", wave.cause()),
                set("word", word.name()),
                set("people", people),
                set("limit", limit),
                set("audience", audience),
                set("since", Date.from(clock.instant()))),
            new UpdateOptions().upsert(true));
  }

  /** Has the messages that wait do as was said. */
  private void follow(Wave wave, Word word) {
    follow(word, eq("wave", wave.key()));
  }

  private void follow(Word word, Bson which) {
    Date now = Date.from(clock.instant());
    Bson waiting =
        and(eq("state", "queued"), in("dueAt", Date.from(UNDECIDED), Date.from(HELD)), which);
    Bson change =
        switch (word) {
          case GOES, RELEASED ->
              combine(set("dueAt", now), set("queuedAt", now), set("reason", null));
          case HELD -> combine(set("dueAt", Date.from(HELD)), set("reason", "wave-held"));
          case DISCARDED ->
              combine(set("state", "held"), set("settledAt", now), set("reason", "wave-discarded"));
        };
    store.outbox().updateMany(waiting, change);
  }

  /** Some messages, and whose they are. */
  private Map<String, String> messages(Bson which) {
    Map<String, String> messages = new HashMap<>();
    store
        .outbox()
        .find(which)
        .projection(include("profileId"))
        .batchSize(AT_ONCE)
        .forEach(row -> messages.put(row.getString("_id"), row.getString("profileId")));
    return messages;
  }

  private static long people(Map<String, String> messages) {
    return Set.copyOf(messages.values()).size();
  }

  /** Who could be meant: the members of the segment that starts it, else everybody. */
  private long audience(String campaign) {
    Optional<Trigger> trigger =
        definitions.newest(Definitions.CAMPAIGN).stream()
            .filter(body -> campaign.equals(body.get("id")))
            .findFirst()
            .map(body -> CampaignDocuments.read(body).trigger());
    if (trigger.isPresent() && trigger.get() instanceof Trigger.SegmentEntered(String segment)) {
      return store.profiles().countDocuments(eq(Findable.SEGMENTS, segment));
    }
    return store.profiles().estimatedDocumentCount();
  }

  /** Whether everybody whom the cause concerns has been judged. */
  private boolean isWhole(Wave wave) {
    return switch (wave.kind()) {
      case "import" -> isBroughtIn(wave.subject()) && journal.backlog() == 0;
      case "offer" -> isOffered(wave) && journal.backlog() == 0;
      case "scores" -> isTold(wave.subject()) && journal.isJudged();
      default -> !isAnyDue();
    };
  }

  private boolean isOffered(Wave wave) {
    Document plan = store.campaigns().find(eq("_id", wave.campaign())).first();
    return plan == null || PlanStore.isOver(plan, wave.cause().replace(':', '@'));
  }

  private boolean isTold(String model) {
    Document learnt = store.models().find(eq("_id", model)).projection(include("written")).first();
    return learnt == null || Boolean.TRUE.equals(learnt.getBoolean("written"));
  }

  private boolean isBroughtIn(String id) {
    Document file = store.imports().find(eq("_id", id)).first();
    String job = file == null ? null : file.getString("job");
    return job == null
        || jobs.find(job).map(found -> found.state() != Job.State.RUNNING).orElse(true);
  }

  /** One question a partition, because that is how the index goes. */
  private boolean isAnyDue() {
    Date now = Date.from(clock.instant());
    for (int partition = 0; partition < Partitions.COUNT; partition++) {
      if (store
              .profiles()
              .find(and(eq("partition", partition), gt("dueAt", new Date(0)), lte("dueAt", now)))
              .projection(include("_id"))
              .first()
          != null) {
        return true;
      }
    }
    return false;
  }

  /** Those that wait for the owner's word, the newest first. */
  List<Document> held() {
    return store
        .waves()
        .find(eq("word", Word.HELD.name()))
        .sort(Sorts.descending("since"))
        .into(new ArrayList<>());
  }

  Document find(String id) {
    Document found = store.waves().find(eq("_id", id)).first();
    if (found == null) {
      throw Problem.notFound();
    }
    return found;
  }

  /** How many people have a message that waits for the owner's word. */
  long waiting(Document wave) {
    return people(messages(and(at(HELD), eq("wave", wave(wave).key()))));
  }

  static Wave wave(Document document) {
    return new Wave(document.getString("campaign"), document.getString("cause"));
  }

  /**
   * Says the owner's word, for what waits and what still comes of it.
   *
   * @throws Problem 409 when it has been said before
   */
  synchronized Document say(String id, Word word) {
    Wave wave = wave(find(id));
    long said =
        store
            .waves()
            .updateOne(and(eq("_id", id), eq("word", Word.HELD.name())), set("word", word.name()))
            .getModifiedCount();
    if (said == 0) {
      throw new Problem(
          409,
          "campaign-conflict",
          List.of(new Problem.Detail("", "wave-decided", List.of())),
          Map.of());
    }
    follow(wave, word);
    return find(id);
  }
}
