package soloist.profiling;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.profile.Computed;
import soloist.profile.Findable;
import soloist.profile.OwnFields;
import soloist.profile.StoredFacts;
import soloist.store.Store;

/**
 * Reads some traits of everybody as they are stored; where there are too many people, of as many at
 * random as fit, so that any house is described in the same time.
 */
final class Survey {
  private static final int MOST_PEOPLE = 50_000;
  private static final int PAGE = 1_000;
  private static final int MOST_AT_ONCE = 4;
  private static final int RETRY_AFTER_SECONDS = 2;
  private static final Pattern TRAIT =
      Pattern.compile("[a-z][a-zA-Z0-9_]{0,63}|tag:[^.:$\\p{Cntrl}\\p{Cs}]{1,60}");

  private final Store store;
  private final InstantSource clock;
  private final int mostPeople;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  Survey(Store store, InstantSource clock) {
    this(store, clock, MOST_PEOPLE);
  }

  Survey(Store store, InstantSource clock, int mostPeople) {
    this.store = store;
    this.clock = clock;
    this.mostPeople = mostPeople;
  }

  /**
   * Of how many it was read.
   *
   * @param people how many there are; of {@code seen} when that is everybody
   */
  record Extent(long people, int seen) {
    boolean isExact() {
      return seen >= people;
    }
  }

  /**
   * Hands over the values of each person in the order of the traits, null where one is not known.
   *
   * @param segment of whom it is read, everybody without
   * @throws Problem when a trait cannot be one, or too many ask at once
   */
  Extent read(
      List<String> traits, Optional<String> segment, Consumer<List<@Nullable Object>> people) {
    for (String trait : traits) {
      if (!TRAIT.matcher(trait).matches() && !Computed.isOne(trait) && !OwnFields.isOne(trait)) {
        throw Problem.invalid("trait", "survey-trait", trait);
      }
    }
    if (!free.tryAcquire()) {
      throw new Problem(
          503, "counting", List.of(), Map.of("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)));
    }
    try {
      return readAtOnce(traits, segment, people);
    } finally {
      free.release();
    }
  }

  private Extent readAtOnce(
      List<String> traits, Optional<String> segment, Consumer<List<@Nullable Object>> people) {
    long total =
        segment
            .map(id -> store.profiles().countDocuments(eq(Findable.SEGMENTS, id)))
            .orElseGet(() -> store.profiles().estimatedDocumentCount());
    // All of a small segment are found by its index; of a large one, and of everybody, a random
    // beginning is enough.
    FindIterable<Document> order =
        segment.isPresent() && total <= mostPeople
            ? store.profiles().find(eq(Findable.SEGMENTS, segment.get()))
            : store.profiles().find().sort(ascending(Findable.DRAW));
    List<String> fields = new ArrayList<>(List.of("lastSeen", Findable.SEGMENTS));
    OwnFields own = OwnFields.of(store);
    fields.addAll(StoredFacts.fields(traits, own));
    Instant now = clock.instant();
    int seen = 0;
    try (MongoCursor<Document> cursor =
        order.projection(include(fields)).batchSize(PAGE).cursor()) {
      while (seen < mostPeople && cursor.hasNext()) {
        Document person = cursor.next();
        // Of whom nothing is known any more, only the id is left.
        boolean isMeant =
            person.get("lastSeen") != null
                && segment.stream()
                    .allMatch(id -> person.getList(Findable.SEGMENTS, String.class).contains(id));
        if (isMeant) {
          people.accept(values(new StoredFacts(person, now, own), traits));
          seen++;
        }
      }
      return new Extent(cursor.hasNext() ? Math.max(total, seen + 1L) : seen, seen);
    }
  }

  /** What was told or counted up, and what follows from habits, which is not stored. */
  private static List<@Nullable Object> values(StoredFacts facts, List<String> traits) {
    List<@Nullable Object> values = new ArrayList<>(traits.size());
    traits.forEach(trait -> values.add(facts.value(trait).orElse(null)));
    return values;
  }
}
