package soloist.segment;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bson.Document;
import soloist.http.Problem;
import soloist.profile.Findable;
import soloist.profile.OwnFields;
import soloist.profile.StoredFacts;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.store.Store;

/**
 * Counts whom a condition holds for, by asking it of people as they are stored. First of as many as
 * fit into a moment, in their random order: an estimate. Then of everybody: exact, line by line and
 * with the other segments that they are in.
 */
final class Census {
  static final int SAMPLE = 20;

  /** With what comes before and after, an answer is there after a third of a second. */
  private static final Duration MOMENT = Duration.ofMillis(120);

  /** Small, so that a slow machine does not overstay the moment; large where all are read. */
  static final int FEW = 50;

  private static final int MANY = 1_000;
  private static final int MOST_AT_ONCE = 2;
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Store store;
  private final LongSupplier nanos;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final Map<String, Progress> counting = new ConcurrentHashMap<>();

  Census(Store store) {
    this(store, System::nanoTime);
  }

  /**
   * @param nanos by which a moment is measured
   */
  Census(Store store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
  }

  /** How far an exact count is. */
  record Progress(long seen, long people) {}

  /**
   * What was found.
   *
   * @param sample up to {@link #SAMPLE} of the people, at random
   * @param lines how many each line of the condition leaves, of everybody who was asked
   * @param segments how many of those who were found are in each segment by now
   */
  record Result(
      Estimate count, List<Document> sample, List<Funnel.Line> lines, Map<String, Long> segments) {}

  /** What can be said in a moment; exact in a small house. */
  Result soon(Condition condition, Instant now) {
    long end = nanos.getAsLong() + MOMENT.toNanos();
    return count(
        store.profiles().find().sort(ascending(Findable.DRAW)),
        condition,
        now,
        FEW,
        _ -> nanos.getAsLong() < end);
  }

  /**
   * The exact number, however long it takes.
   *
   * @param id under which others may ask how far it is
   * @param wanted whether somebody waits for it still
   * @throws Problem 503 when as many are being counted as may be at once, or nobody waits any more
   */
  Result exactly(Condition condition, Instant now, String id, BooleanSupplier wanted) {
    if (!free.tryAcquire()) {
      throw new Problem(
          503, "counting", List.of(), Map.of("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)));
    }
    try {
      long people = store.profiles().estimatedDocumentCount();
      Result found =
          count(
              store.profiles().find(),
              condition,
              now,
              MANY,
              seen -> {
                counting.put(id, new Progress(seen, Math.max(seen, people)));
                return wanted.getAsBoolean();
              });
      if (!found.count().isExact()) {
        throw Problem.busy(RETRY_AFTER_SECONDS);
      }
      return found;
    } finally {
      counting.remove(id);
      free.release();
    }
  }

  /** How far a count is, for as long as it goes on. */
  Optional<Progress> progress(String id) {
    return Optional.ofNullable(counting.get(id));
  }

  private Result count(
      FindIterable<Document> order,
      Condition condition,
      Instant now,
      int size,
      LongPredicate goesOn) {
    OwnFields own = OwnFields.of(store);
    History history = new History(store, condition, now, own);
    Funnel funnel = Funnel.of(condition);
    Map<String, Long> segments = new HashMap<>();
    Drawing drawing = new Drawing();
    long seen = 0;
    boolean ended = false;
    try (MongoCursor<Document> cursor =
        order.projection(include(fields(condition, own))).batchSize(size).cursor()) {
      List<Document> batch = new ArrayList<>(size);
      while (!ended && (seen == 0 || goesOn.test(seen))) {
        batch.clear();
        while (batch.size() < size && cursor.hasNext()) {
          batch.add(cursor.next());
        }
        ended = !cursor.hasNext();
        for (Person person : history.of(batch)) {
          seen++;
          if (person.isKnown() && funnel.add(person)) {
            drawing.add(person.id());
            person.segments().forEach(id -> segments.merge(id, 1L, Long::sum));
          }
        }
      }
    }
    Estimate count =
        ended
            ? Estimate.exactly(drawing.hits, seen)
            : Estimate.from(
                drawing.hits, seen, Math.max(store.profiles().estimatedDocumentCount(), seen + 1));
    return new Result(count, whole(drawing.sample), funnel.lines(), segments);
  }

  /** No more of a person than what is asked for: the rest of a portrait is most of it. */
  private static List<String> fields(Condition condition, OwnFields own) {
    List<String> fields = new ArrayList<>(Person.FIELDS);
    fields.addAll(StoredFacts.fields(Conditions.traits(condition), own));
    return fields;
  }

  private List<Document> whole(List<String> ids) {
    return store.profiles().find(in("_id", ids)).batchSize(SAMPLE).into(new ArrayList<>());
  }

  /** Counts ids and keeps some of them, each with the same chance (Vitter, 1985, algorithm R). */
  private static final class Drawing {
    private final RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(SAMPLE);
    private final List<String> sample = new ArrayList<>(SAMPLE);
    private long hits;

    void add(String id) {
      hits++;
      if (sample.size() < SAMPLE) {
        sample.add(id);
        return;
      }
      long place = random.nextLong(hits);
      if (place < SAMPLE) {
        sample.set((int) place, id);
      }
    }
  }
}
