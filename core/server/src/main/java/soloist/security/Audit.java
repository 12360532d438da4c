package soloist.security;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;
import soloist.http.Caller;
import soloist.store.Store;

/**
 * Who did what, in the collection {@code audit}: lines numbered from 1, each closed by an HMAC over
 * it and the line before, so that whoever edits or takes out one is found out. How many there are
 * is kept apart, so that the last cannot be cut off. There is no way to delete.
 */
final class Audit {
  private static final String HEAD = "audit";
  private static final int MAC_BYTES = 32;
  private static final JsonWriterSettings CANONICAL =
      JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

  private final MongoCollection<Document> lines;
  private final MongoCollection<Document> state;
  private final Keys keys;
  private final InstantSource clock;
  private @Nullable Document last;

  Audit(Store store, Keys keys, InstantSource clock) {
    lines = store.audit();
    state = store.state();
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * What a line says beside its time.
   *
   * @param what the operation, such as {@code POST /api/v1/users/:id}, or a word of ours
   * @param target what it was done to, a path or an id
   * @param status of the answer
   * @param from the client's address
   * @param changes each with {@code field}, {@code before} and {@code after}
   */
  record Entry(
      Caller who, String what, String target, int status, String from, List<Document> changes) {}

  /** Writes a line; when this returns, it is on disk. */
  synchronized void note(Entry entry) {
    while (true) {
      Document before = last == null ? newest() : last;
      Document line = line(entry, before);
      try {
        lines.insertOne(line);
      } catch (MongoWriteException e) {
        if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) {
          throw e;
        }
        // Another server on the same store was faster.
        last = newest();
        continue;
      }
      last = line;
      state.replaceOne(eq("_id", HEAD), head(line), new ReplaceOptions().upsert(true));
      return;
    }
  }

  FindIterable<Document> find(Bson filter) {
    return lines.find(filter).sort(Sorts.descending("_id"));
  }

  /**
   * What is wrong with a line.
   *
   * @param what {@code edited} or {@code missing}
   */
  record Fault(long line, String what) {}

  /** Reads every line; none at fault when all are as they were written. */
  Checked check() {
    List<Fault> faults = new ArrayList<>();
    long number = 0;
    String hash = "";
    boolean isGood = true;
    for (Document line : lines.find().sort(Sorts.ascending("_id"))) {
      long found = line.getLong("_id");
      // After a line that is not as it was there is nothing to compare with.
      boolean follows = found == number + 1 && isGood;
      while (++number < found) {
        faults.add(new Fault(number, "missing"));
      }
      boolean isWhole = mac(line).equals(line.getString("hash"));
      isGood = isWhole && (!follows || hash.equals(line.getString("previous")));
      if (!isGood) {
        faults.add(new Fault(found, "edited"));
      }
      hash = String.valueOf(line.getString("hash"));
    }
    Document head = state.find(eq("_id", HEAD)).first();
    if (head != null && !head.equals(head(head.getLong("line"), head.getString("hash")))) {
      faults.add(new Fault(head.getLong("line"), "edited"));
    }
    for (long line = number + 1; head != null && line <= head.getLong("line"); line++) {
      faults.add(new Fault(line, "missing"));
    }
    return new Checked(number, faults);
  }

  /**
   * What a check has found.
   *
   * @param lines how many there are
   */
  record Checked(long lines, List<Fault> faults) {}

  private Document newest() {
    Document newest = lines.find().sort(Sorts.descending("_id")).first();
    return newest == null ? new Document("_id", 0L).append("hash", "") : newest;
  }

  private Document line(Entry entry, Document before) {
    Document line =
        new Document("_id", before.getLong("_id") + 1)
            .append("at", Date.from(clock.instant()))
            .append("kind", entry.who().kind().name().toLowerCase(java.util.Locale.ROOT))
            .append("who", entry.who().id())
            .append("name", entry.who().name())
            .append("what", entry.what())
            .append("target", entry.target())
            .append("status", entry.status())
            .append("from", entry.from())
            .append("changes", entry.changes())
            .append("previous", before.getString("hash"));
    return line.append("hash", mac(line));
  }

  private Document head(Document line) {
    return head(line.getLong("_id"), line.getString("hash"));
  }

  private Document head(long number, String hash) {
    return new Document("_id", HEAD)
        .append("line", number)
        .append("hash", hash)
        .append("mac", mac("audit-head", number + " " + hash));
  }

  private String mac(Document line) {
    Document content = new Document(line);
    content.remove("hash");
    return mac("audit", content.toJson(CANONICAL));
  }

  private String mac(String use, String text) {
    return HexFormat.of()
        .formatHex(keys.mac(use, text.getBytes(StandardCharsets.UTF_8), MAC_BYTES));
  }
}
