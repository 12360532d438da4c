package soloist.analytics;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.model.ReplaceOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import soloist.lane.Journal;
import soloist.lane.Partitions;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.store.Store;

/**
 * How many rows of people there are, and how many of the types that are asked for. Rows are
 * numbered without gaps and keep their type for good, so each is counted as it is appended; what
 * this process has not seen appended is read from the journal once.
 */
public final class Tally implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Tally.class.getName());

  /** All rows of people, under a name that no event type has. */
  static final String TOLD = "";

  /** All rows at all, under another such name. */
  private static final String READ = " ";

  private static final String STATE = "tally";
  private static final String COUNTS = "counts";
  private static final int BATCH = 5_000;
  private static final Set<String> TYPES =
      Stream.concat(
              Stream.of(EventTypes.OPENED, EventTypes.CLICKED, EventTypes.UNSUBSCRIBED),
              EventTypes.BEHAVIOUR.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final Store store;
  private final Journal journal;
  private final long worthKeeping;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> counts = new TreeMap<>();

  /** Up to where the rows of each partition are counted. */
  private final Map<Row.Source, List<Long>> heads = new EnumMap<>(Row.Source.class);

  private long unkept;

  public Tally(Store store, Journal journal) {
    this(store, journal, 20_000);
  }

  /**
   * @param worthKeeping after how many rows the store is told how far they are counted
   */
  Tally(Store store, Journal journal, long worthKeeping) {
    this.store = store;
    this.journal = journal;
    this.worthKeeping = worthKeeping;
    readKept();
    journal.onAppended(this::add);
  }

  /** Begins to read what an earlier process has appended, so that nobody waits for it later. */
  public void catchUp() {
    Thread.ofVirtual()
        .name("tally")
        .start(
            () -> {
              try {
                now();
              } catch (RuntimeException e) {
                // The boundary of this thread; whoever asks for the counts reads the rest.
                LOG.log(Level.DEBUG, "Rows of before are not counted yet", e);
              }
            });
  }

  /** Counts a row that was just appended; one that cannot be counted now is read later. */
  private void add(Row row) {
    if (lock.tryLock()) {
      try {
        List<Long> counted = Objects.requireNonNull(heads.get(row.source()));
        if (counted.get(row.partition()) + 1 == row.position()) {
          count(row.profileId(), row.type(), counts);
          counted.set(row.partition(), row.position());
          unkept++;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static void count(String profileId, String type, Map<String, Long> into) {
    if (!profileId.isEmpty() && !EventTypes.UNTOLD.contains(type)) {
      into.merge(TOLD, 1L, Long::sum);
    }
    if (TYPES.contains(type)) {
      into.merge(type, 1L, Long::sum);
    }
  }

  /** How many there are now, by type. */
  Map<String, Long> now() {
    lock.lock();
    try {
      readNew();
      if (unkept >= worthKeeping) {
        keep();
      }
      return Map.copyOf(counts);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (unkept > 0) {
        keep();
      }
    } finally {
      lock.unlock();
    }
  }

  private void readNew() {
    for (Row.Source source : Row.Source.values()) {
      List<Long> until = journal.heads(source);
      List<Long> from = Objects.requireNonNull(heads.get(source));
      for (int partition = 0; partition < until.size(); partition++) {
        if (until.get(partition) > from.get(partition)) {
          long after = from.get(partition);
          Map<String, Long> found = count(source, partition, after, until.get(partition));
          // One that is emptied at this instant is away: all of them are read again next time.
          if (Objects.requireNonNull(found.remove(READ)) == until.get(partition) - after) {
            found.forEach((type, rows) -> counts.merge(type, rows, Long::sum));
            from.set(partition, until.get(partition));
            unkept += until.get(partition) - after;
          }
        }
      }
    }
  }

  private Map<String, Long> count(Row.Source source, int partition, long after, long until) {
    Map<String, Long> found = new HashMap<>(Map.of(READ, 0L));
    for (Document row :
        store
            .events()
            .find(
                and(
                    eq("partition", partition),
                    eq("source", source.key()),
                    gt("position", after),
                    lte("position", until)))
            .projection(fields(include("profileId", "type"), excludeId()))
            .batchSize(BATCH)) {
      found.merge(READ, 1L, Long::sum);
      count(row.getString("profileId"), row.getString("type"), found);
    }
    return found;
  }

  /** What an earlier process has kept. */
  private void readKept() {
    Document kept = store.state().find(eq("_id", STATE)).first();
    for (Row.Source source : Row.Source.values()) {
      heads.put(
          source,
          new ArrayList<>(
              kept == null
                  ? Collections.nCopies(Partitions.COUNT, 0L)
                  : kept.getList(source.key(), Long.class)));
    }
    if (kept != null) {
      kept.getList(COUNTS, Document.class)
          .forEach(each -> counts.put(each.getString("type"), each.getLong("rows")));
    }
  }

  /** So that the next process need not read all of it. Under the lock. */
  private void keep() {
    List<Document> each = new ArrayList<>();
    counts.forEach((type, rows) -> each.add(new Document("type", type).append("rows", rows)));
    Document document = new Document("_id", STATE).append(COUNTS, each);
    heads.forEach((source, positions) -> document.append(source.key(), positions));
    store.state().replaceOne(eq("_id", STATE), document, new ReplaceOptions().upsert(true));
    unkept = 0;
  }
}
