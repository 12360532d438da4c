package soloist.profiling;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import soloist.http.Problem;
import soloist.job.Jobs;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.profile.Roots;
import soloist.spi.Profiler.Wanted;
import soloist.spi.Table;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Orders that a person should look at, one document an order, and what was said of each: by whom
 * and when. What was said stays, whatever is found later.
 */
final class Reviews {
  private static final Duration LATELY = Duration.ofDays(90);
  private static final int MOST = 500;

  /** What is said of an order. */
  enum Word {
    OPEN,
    FINE,
    ODD;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Word> of(String word) {
      return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }

  private final Store store;

  Reviews(Store store) {
    this.store = store;
  }

  /** Looks through the orders of everybody. */
  Map<String, Object> look(Instant now, Jobs.Progress progress) {
    look(
        new People(List.of(new Wanted(EventTypes.ORDER, Wanted.Type.EVENTS)))
            .read(store, now, progress));
    return Map.of("open", count());
  }

  /** The same where they lie in a table; of a table without orders nothing follows. */
  void look(Table table) {
    for (Table.Column column : table.columns()) {
      if (column instanceof Table.Events orders && orders.key().equals(EventTypes.ORDER)) {
        keep(orders, table);
        return;
      }
    }
  }

  /** What nobody has decided, and is not odd any more, is taken off. */
  private void keep(Table.Events orders, Table table) {
    long since = table.asOf().minus(LATELY).toEpochMilli();
    List<OddOrders.Odd> odd =
        OddOrders.among(orders, since).stream()
            .sorted(
                Comparator.comparingLong((OddOrders.Odd each) -> orders.times()[each.event()])
                    .reversed())
            .limit(MOST)
            .toList();
    List<String> found = new ArrayList<>();
    for (OddOrders.Odd each : odd) {
      row(table.people().get(each.row()), orders, each.event())
          .ifPresent(
              row -> {
                found.add(row.id());
                keep(row, table.people().get(each.row()), each.reasons(), table.asOf());
              });
    }
    store.reviews().deleteMany(and(eq("word", Word.OPEN.word()), nin("_id", found)));
  }

  /** The journal's row of an order in a table. */
  private Optional<Row> row(String person, Table.Events orders, int event) {
    Document profile = Roots.find(store, person).orElse(null);
    if (profile == null) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    store
        .events()
        .find(
            and(
                Roots.whose(profile),
                in("type", EventTypes.ORDER, EventTypes.RETOLD),
                eq("time", new Date(orders.times()[event]))))
        .forEach(document -> rows.add(Row.of(document)));
    double amount = orders.amounts()[event];
    return rows.stream()
        .filter(row -> Double.isNaN(amount) || total(row) == amount)
        .findFirst()
        .or(() -> rows.stream().findFirst());
  }

  private static double total(Row row) {
    return row.properties().get("total") instanceof Number total ? total.doubleValue() : Double.NaN;
  }

  private void keep(Row row, String person, List<OddOrders.Reason> reasons, Instant now) {
    store
        .reviews()
        .updateOne(
            eq("_id", row.id()),
            combine(
                set("profileId", person),
                set("time", Values.date(row.time())),
                set("total", Values.stored(row.properties().get("total"))),
                set("currency", row.properties().get("currency")),
                set("orderId", row.properties().get("orderId")),
                set(
                    "reasons",
                    reasons.stream()
                        .map(
                            each ->
                                new Document("code", each.code()).append("values", each.values()))
                        .toList()),
                setOnInsert("found", Values.date(now)),
                setOnInsert("word", Word.OPEN.word())),
            new UpdateOptions().upsert(true));
  }

  /** Those of which this was said, the newest order first. */
  FindIterable<Document> of(Word word) {
    return store.reviews().find(eq("word", word.word())).sort(descending("time", "_id"));
  }

  /** How many wait for a word. */
  long count() {
    return store.reviews().countDocuments(eq("word", Word.OPEN.word()));
  }

  /**
   * Says what an order is; the last word counts.
   *
   * @return as it is kept now
   */
  Document say(String id, Word word, String by, Instant now) {
    store
        .reviews()
        .updateOne(
            eq("_id", id),
            combine(set("word", word.word()), set("by", by), set("at", Values.date(now))));
    return Optional.ofNullable(store.reviews().find(eq("_id", id)).first())
        .orElseThrow(Problem::notFound);
  }

  /** How many orders of a person were found to be odd. */
  long odd(String person) {
    return store
        .reviews()
        .countDocuments(and(eq("profileId", person), eq("word", Word.ODD.word())));
  }
}
