package soloist.privacy;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Updates;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import soloist.security.Keys;
import soloist.store.Store;

/**
 * Addresses that must never be written to again, kept as keyed hashes: the address itself can be
 * erased.
 */
public final class Suppressions {
  private static final int DUPLICATE_KEY = 11000;
  private static final int HASH_BYTES = 32;

  /** Why nothing may be sent any more. */
  public enum Reason {
    UNSUBSCRIBED,
    HARD_BOUNCE,

    /** The person has asked to be forgotten. */
    ERASED;

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Store store;
  private final Keys keys;
  private final InstantSource clock;

  public Suppressions(Store store, Keys keys, InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  public boolean contains(String channel, String address) {
    return store.suppressions().find(eq("_id", hash(channel, address))).first() != null;
  }

  /** Those of the addresses that are suppressed. */
  public Set<String> among(String channel, Collection<String> addresses) {
    Map<String, String> hashes = new HashMap<>();
    addresses.forEach(address -> hashes.put(hash(channel, address), address));
    Set<String> found = new HashSet<>();
    store
        .suppressions()
        .find(in("_id", hashes.keySet()))
        .forEach(one -> found.add(Objects.requireNonNull(hashes.get(one.getString("_id")))));
    return found;
  }

  /**
   * Suppresses an address; durable when this returns. A second time changes nothing.
   *
   * @param message the message that brought it about
   */
  public void add(String channel, String address, Reason reason, String message) {
    try {
      store
          .suppressions()
          .insertOne(
              new Document("_id", hash(channel, address))
                  .append("channel", channel)
                  .append("reason", reason.key())
                  .append("message", message)
                  .append("at", Date.from(clock.instant()))
                  .append("told", reason != Reason.UNSUBSCRIBED));
    } catch (MongoWriteException e) {
      if (e.getCode() != DUPLICATE_KEY) {
        throw e;
      }
    }
  }

  /** Messages whose suppression has not become an event yet, after a crash between the two. */
  public List<String> untold() {
    List<String> messages = new ArrayList<>();
    store
        .suppressions()
        .find(eq("told", false))
        .forEach(found -> messages.add(found.getString("message")));
    return messages;
  }

  /** The event of this message is in the journal. */
  public void told(String message) {
    store.suppressions().updateMany(eq("message", message), Updates.set("told", true));
  }

  private String hash(String channel, String address) {
    byte[] data = (channel + ":" + address).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(keys.mac("suppression", data, HASH_BYTES));
  }
}
