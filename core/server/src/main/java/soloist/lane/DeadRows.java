package soloist.lane;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Sorts;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Rows that could not be judged. Once what was wrong is mended one can be offered again: as a new
 * row under an id made of its own, so it counts once however often it is offered. The old row stays
 * dead, so that folding the person anew does not count it a second time.
 */
public final class DeadRows {
  /** Begins the ids of rows that are offered again. */
  private static final String AGAIN = "again:";

  /** Code of a cause that nobody foresaw. */
  static final String UNTOLD = "row-untold";

  private final Store store;
  private final Journal journal;
  private final InstantSource clock;

  public DeadRows(Store store, Journal journal, InstantSource clock) {
    this.store = store;
    this.journal = journal;
    this.clock = clock;
  }

  /** Those that were not offered again, the newest first. */
  FindIterable<Document> all() {
    return store.dead().find(eq("offeredAt", null)).sort(Sorts.descending("at", "_id"));
  }

  /**
   * Offers one again; it is durable when this returns.
   *
   * @throws Problem 404 when there is none
   */
  void offer(String id) {
    Document dead = store.dead().find(eq("_id", id)).first();
    if (dead == null) {
      throw Problem.notFound();
    }
    journal.append(again(id, dead)).join();
    store.dead().updateOne(eq("_id", id), set("offeredAt", Date.from(clock.instant())));
  }

  private Row again(String id, Document dead) {
    Document document = dead.get("row", Document.class);
    if (document != null) {
      Row row = Row.of(document);
      return row.as(AGAIN + id, row.type(), row.properties());
    }
    // A due has no row: folded anew, the person is due again at once.
    return Row.refold(
        AGAIN + id,
        dead.getString("profileId"),
        clock.instant(),
        Map.of("reason", AGAIN + id, Row.DUE_AGAIN, true));
  }

  /** In both languages; rows of earlier versions know no code. */
  private static Map<String, String> why(Document dead) {
    String code = dead.get("code", UNTOLD);
    List<String> values = dead.getList("values", String.class, List.of());
    return Map.of(
        Texts.ENGLISH, Texts.say(Texts.ENGLISH, code, values),
        Texts.CHINESE, Texts.say(Texts.CHINESE, code, values));
  }

  /** What is told of one. */
  static Map<String, Object> told(Document dead) {
    Document row = Values.document(dead, "row");
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", dead.getString("_id"));
    told.put("profile", dead.getString("profileId"));
    told.put("type", row.getString("type"));
    told.put("source", row.getString("origin"));
    told.put("why", why(dead));
    told.put("cause", dead.getString("cause"));
    told.put("at", Values.plain(dead.get("at")));
    return told;
  }
}
