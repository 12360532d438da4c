package soloist.security;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.store.Store;

/**
 * Who may sign in, in the collection {@code users}. A person chooses the passphrase behind a link
 * that is good for one use.
 */
final class Users {
  static final Duration INVITED_FOR = Duration.ofHours(72);
  static final Duration RESET_FOR = Duration.ofMinutes(60);

  /** The owner's id, so that there is one only. */
  static final String OWNER = "owner";

  private final MongoCollection<Document> users;
  private final InstantSource clock;
  private volatile boolean hasOwner;

  Users(Store store, InstantSource clock) {
    users = store.users();
    this.clock = clock;
    hasOwner = owner().isPresent();
  }

  /** Whether the first start is over. Never blocks. */
  boolean hasOwner() {
    return hasOwner;
  }

  Optional<User> owner() {
    return find(OWNER);
  }

  Optional<User> find(String id) {
    return one(users.find(eq("_id", id)).first());
  }

  Optional<User> findByEmail(String email) {
    return one(users.find(eq("email", normal(email))).first());
  }

  List<User> all() {
    return users.find().sort(Sorts.ascending("createdAt")).map(User::of).into(new ArrayList<>());
  }

  static String normal(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Adds somebody.
   *
   * @throws Problem when somebody has this address already
   */
  User add(String email, Role role, String passphrase) {
    User user =
        new User(
            role == Role.OWNER ? OWNER : Secrets.id(),
            normal(email),
            role,
            passphrase,
            0,
            clock.instant(),
            false);
    try {
      users.insertOne(user.document());
    } catch (MongoWriteException e) {
      if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
      throw new Problem(409, "user-exists", List.of(), Map.of());
    }
    hasOwner |= role == Role.OWNER;
    return user;
  }

  void setRole(String id, Role role) {
    users.updateOne(eq("_id", id), combine(set("role", role.text()), inc("epoch", 1L)));
  }

  /** Stores a new passphrase; whoever is signed in as this person is no more. Links go, too. */
  void setPassphrase(String id, String hash) {
    users.updateOne(
        eq("_id", id),
        combine(set("passphrase", hash), inc("epoch", 1L), unset("link"), unset("linkUntil")));
  }

  /** A secret by which this person can choose a passphrase once, in place of any before. */
  String link(String id, Duration goodFor) {
    String secret = Secrets.secret();
    Instant until = clock.instant().plus(goodFor);
    users.updateOne(
        eq("_id", id),
        combine(set("link", Secrets.hash(secret)), set("linkUntil", Date.from(until))));
    return secret;
  }

  Optional<User> findByLink(String secret) {
    Date now = Date.from(clock.instant());
    return one(users.find(and(eq("link", Secrets.hash(secret)), gt("linkUntil", now))).first());
  }

  /** Uses a link up; false when somebody was faster. */
  boolean useLink(String secret) {
    return users
            .updateOne(eq("link", Secrets.hash(secret)), combine(unset("link"), unset("linkUntil")))
            .getModifiedCount()
        == 1;
  }

  void remove(String id) {
    users.deleteOne(eq("_id", id));
  }

  private static Optional<User> one(@Nullable Document document) {
    return Optional.ofNullable(document).map(User::of);
  }
}
