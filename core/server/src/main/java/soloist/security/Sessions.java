package soloist.security;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Who is signed in, in the collection {@code sessions}. A cookie holds a secret, the store its
 * hash; half an hour without a request or twelve hours in all end it.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration LONGEST = Duration.ofHours(12);

  /** For how long a passphrase counts as just given. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** So seldom is it written down that a session is in use. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final MongoCollection<Document> sessions;
  private final Users users;
  private final Keys keys;
  private final InstantSource clock;

  Sessions(Store store, Users users, Keys keys, InstantSource clock) {
    sessions = store.sessions();
    this.users = users;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * One person's being signed in.
   *
   * @param id under which it is stored
   * @param freshAt when the passphrase was given last
   */
  record Session(
      String id, User user, Instant createdAt, Instant seenAt, Instant freshAt, String from) {}

  /** Signs somebody in; returns what the cookie holds. */
  String begin(User user, String from) {
    Instant now = clock.instant();
    sessions.deleteMany(lt("createdAt", Date.from(now.minus(LONGEST))));
    String secret = Secrets.secret();
    sessions.insertOne(
        new Document("_id", Secrets.hash(secret))
            .append("user", user.id())
            .append("epoch", user.epoch())
            .append("createdAt", Date.from(now))
            .append("seenAt", Date.from(now))
            .append("freshAt", Date.from(now))
            .append("from", from));
    return secret;
  }

  /** Who is signed in by this cookie, and notes that they are here. */
  Optional<Session> find(String secret) {
    Document stored = sessions.find(eq("_id", Secrets.hash(secret))).first();
    Optional<Session> found = stored == null ? Optional.empty() : live(stored);
    found
        .filter(session -> isPast(session.seenAt(), NOTED_EVERY))
        .ifPresent(
            session ->
                sessions.updateOne(
                    eq("_id", session.id()), set("seenAt", Date.from(clock.instant()))));
    return found;
  }

  private Optional<Session> live(Document stored) {
    Instant createdAt = Values.instant(stored, "createdAt");
    Instant seenAt = Values.instant(stored, "seenAt");
    if (isPast(createdAt, LONGEST) || isPast(seenAt, IDLE)) {
      return Optional.empty();
    }
    return users
        .find(stored.getString("user"))
        .filter(user -> user.epoch() == stored.getLong("epoch"))
        .map(
            user ->
                new Session(
                    stored.getString("_id"),
                    user,
                    createdAt,
                    seenAt,
                    Values.instant(stored, "freshAt"),
                    stored.getString("from")));
  }

  private boolean isPast(Instant since, Duration limit) {
    return clock.instant().isAfter(since.plus(limit));
  }

  boolean isFresh(Session session) {
    return !isPast(session.freshAt(), FRESH);
  }

  void freshen(String id) {
    sessions.updateOne(eq("_id", id), set("freshAt", Date.from(clock.instant())));
  }

  List<Session> of(String user) {
    List<Session> live = new ArrayList<>();
    sessions
        .find(eq("user", user))
        .sort(Sorts.descending("createdAt"))
        .forEach(stored -> live(stored).ifPresent(live::add));
    return live;
  }

  void end(String id) {
    sessions.deleteOne(eq("_id", id));
  }

  /** Ends all of a person but one. */
  long endOthers(String user, String but) {
    return sessions.deleteMany(and(eq("user", user), ne("_id", but))).getDeletedCount();
  }

  /** What a page has to send with each change: nobody can know it who cannot read our answers. */
  String csrf(String session) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(keys.mac("csrf", session.getBytes(StandardCharsets.UTF_8), 32));
  }
}
