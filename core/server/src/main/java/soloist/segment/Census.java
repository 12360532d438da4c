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
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bson.Document;
import soloist.http.Problem;
import soloist.profile.Findable;
import soloist.rules.condition.Condition;
import soloist.store.Store;

/**
 * Counts whom a condition holds for, by asking it of people as they are stored. First of as many as
 * fit into a moment, in their random order: an estimate. Then of everybody: exact, line by line and
 * with the other segments that they are in.
 */
final class Census {
  static final int SAMPLE = 20;

  private static final Duration MOMENT = Duration.ofMillis(200);

  /** Small, so that a slow machine does not overstay the moment; large where all are read. */
  private static final int FEW = 100;

  private static final int MANY = 1_000;
  private static final int MOST_AT_ONCE = 2;
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Store store;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  Census(Store store) {
    this.store = store;
  }

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
    long people = store.profiles().estimatedDocumentCount();
    return count(
        store.profiles().find().sort(ascending(Findable.DRAW)),
        condition,
        now,
        MOMENT,
        FEW,
        people);
  }

  /**
   * The exact number, however long it takes.
   *
   * @throws Problem 503 when as many are being counted as may be at once
   */
  Result exactly(Condition condition, Instant now) {
    if (!free.tryAcquire()) {
      throw new Problem(
          503, "counting", List.of(), Map.of("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)));
    }
    try {
      return count(
          store.profiles().find(), condition, now, Duration.ofDays(1), MANY, Long.MAX_VALUE);
    } finally {
      free.release();
    }
  }

  private Result count(
      FindIterable<Document> order,
      Condition condition,
      Instant now,
      Duration limit,
      int size,
      long people) {
    long end = System.nanoTime() + limit.toNanos();
    History history = new History(store, condition, now);
    Funnel funnel = Funnel.of(condition);
    Map<String, Long> segments = new HashMap<>();
    Drawing drawing = new Drawing();
    long seen = 0;
    boolean ended = false;
    try (MongoCursor<Document> cursor =
        order
            .projection(
                include(
                    "traits",
                    "habits",
                    "memberships",
                    "consents",
                    "entered",
                    "lastSeen",
                    "undone",
                    "parts"))
            .batchSize(size)
            .cursor()) {
      List<Document> batch = new ArrayList<>(size);
      while (!ended && (seen == 0 || System.nanoTime() < end)) {
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
            : Estimate.from(drawing.hits, seen, Math.max(people, seen + 1));
    return new Result(count, whole(drawing.sample), funnel.lines(), segments);
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
