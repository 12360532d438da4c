package soloist.lane;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.store.Store;
import soloist.store.Values;

/**
 * How many came into each segment and left it, by day: one document a partition, segment and day.
 * Each remembers by what it was counted up last, so that a commit that is written again after a
 * crash counts nobody twice.
 */
public final class Crossings {
  public static final String SEGMENT = "segment";
  public static final String DAY = "day";
  public static final String ENTERED = "entered";
  public static final String LEFT = "left";

  private static final String BY = "by";
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  /** Of which segment, on which day. */
  private record Place(String segment, LocalDate day) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int segments = segment.compareTo(other.segment);
      return segments == 0 ? day.compareTo(other.day) : segments;
    }
  }

  private static final String STATE = "crossings";
  private static final String SINCE = "since";

  private Crossings() {}

  /** From now on everything is counted; nothing happens when it was before. */
  public static void begin(Store store, Instant now) {
    store.state().updateOne(eq("_id", STATE), setOnInsert(SINCE, Date.from(now)), UPSERT);
  }

  /** Since when everything is counted. */
  public static Instant since(Store store) {
    Document state = store.state().find(eq("_id", STATE)).first();
    return Values.instant(Objects.requireNonNull(state), SINCE);
  }

  /**
   * Counts what one partition's commit has changed.
   *
   * @param by names the commit; none that is not the last one comes again
   */
  static void count(Store store, int partition, String by, Collection<Crossing> crossings) {
    add(store, Integer.toString(partition), by, crossings);
  }

  /**
   * Counts that somebody who is forgotten left, once however often it is told.
   *
   * @param now under which name that leads nowhere
   */
  public static void forgotten(
      Store store, String now, Collection<String> segments, LocalDate day) {
    List<Crossing> left =
        segments.stream().map(segment -> new Crossing(now, segment, day, false)).toList();
    add(store, now, now, left);
  }

  private static void add(Store store, String counter, String by, Collection<Crossing> crossings) {
    Map<Place, int[]> counts = new TreeMap<>();
    for (Crossing each : crossings) {
      counts
          .computeIfAbsent(new Place(each.segment(), each.day()), _ -> new int[2])[
          each.entered() ? 0 : 1]++;
    }
    List<WriteModel<Document>> writes = new ArrayList<>();
    counts.forEach((place, count) -> writes.add(write(counter, by, place, count)));
    if (!writes.isEmpty()) {
      Commits.exceptDoubles(
          () -> store.crossings().bulkWrite(writes, new BulkWriteOptions().ordered(false)));
    }
  }

  /** One that was counted is not found by this and would be made again: a double, refused. */
  private static WriteModel<Document> write(String counter, String by, Place place, int[] count) {
    String day = place.day.toString();
    Bson notYet =
        new Document("_id", counter + " " + day + " " + place.segment)
            .append(BY, new Document("$ne", by));
    return new UpdateOneModel<>(
        notYet,
        combine(
            inc(ENTERED, count[0]),
            inc(LEFT, count[1]),
            set(BY, by),
            setOnInsert(SEGMENT, place.segment),
            setOnInsert(DAY, day)),
        UPSERT);
  }
}
