package soloist.security;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Permission;
import soloist.store.Store;
import soloist.store.Values;

/**
 * API tokens, in the collection {@code tokens}: {@code mk_<id>_<secret>}, of which the hash is
 * kept. A token may what its person may and its scopes name.
 */
final class Tokens {
  static final Duration LONGEST = Duration.ofDays(365);

  private static final Pattern TOKEN =
      Pattern.compile("mk_([0-9A-Za-z]{1,32})_([0-9A-Za-z]{" + Secrets.LENGTH + "})");
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final MongoCollection<Document> tokens;
  private final Users users;
  private final InstantSource clock;

  Tokens(Store store, Users users, InstantSource clock) {
    tokens = store.tokens();
    this.users = users;
    this.clock = clock;
  }

  /**
   * One token, without its secret.
   *
   * @param from networks that it is good from; empty for everywhere
   */
  record Token(
      String id,
      String user,
      String name,
      Set<Permission> scopes,
      List<String> from,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant usedAt,
      @Nullable String usedFrom) {

    boolean isGoodFrom(String address) {
      return from.isEmpty()
          || from.stream()
              .flatMap(text -> Network.read(text).stream())
              .anyMatch(network -> network.has(address));
    }
  }

  /** What is shown once. */
  record Made(Token token, String text) {}

  static String write(String id, String secret) {
    return "mk_" + id + "_" + secret;
  }

  Made make(String user, String name, Set<Permission> scopes, List<String> from, Duration goodFor) {
    String secret = Secrets.secret();
    Instant now = clock.instant();
    Token token =
        new Token(Secrets.id(), user, name, scopes, from, now, now.plus(goodFor), null, null);
    tokens.insertOne(
        new Document("_id", token.id())
            .append("user", user)
            .append("name", name)
            .append("hash", Secrets.hash(secret))
            .append("scopes", scopes.stream().map(Permission::text).sorted().toList())
            .append("from", from)
            .append("createdAt", Date.from(token.createdAt()))
            .append("expiresAt", Date.from(token.expiresAt())));
    return new Made(token, write(token.id(), secret));
  }

  /** The token that this is, while it is good and its person is here. */
  Optional<Token> find(String text) {
    Matcher parts = TOKEN.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Document stored = tokens.find(eq("_id", parts.group(1))).first();
    if (stored == null || !Secrets.isSame(stored.getString("hash"), Secrets.hash(parts.group(2)))) {
      return Optional.empty();
    }
    Token token = token(stored);
    Instant now = clock.instant();
    Optional<User> user = users.find(token.user());
    if (!now.isBefore(token.expiresAt()) || user.isEmpty()) {
      return Optional.empty();
    }
    Set<Permission> may = EnumSet.noneOf(Permission.class);
    may.addAll(token.scopes());
    may.retainAll(user.get().role().may());
    return Optional.of(
        new Token(
            token.id(),
            token.user(),
            token.name(),
            may,
            token.from(),
            token.createdAt(),
            token.expiresAt(),
            token.usedAt(),
            token.usedFrom()));
  }

  /** Notes when and from where it was used, not for each request of many. */
  void noteUse(Token token, String from) {
    Instant now = clock.instant();
    boolean isNoted =
        token.usedAt() != null
            && !token.usedAt().plus(NOTED_EVERY).isBefore(now)
            && from.equals(token.usedFrom());
    if (!isNoted) {
      tokens.updateOne(
          eq("_id", token.id()), combine(set("usedAt", Date.from(now)), set("usedFrom", from)));
    }
  }

  List<Token> of(String user) {
    return tokens
        .find(eq("user", user))
        .sort(Sorts.descending("createdAt"))
        .map(Tokens::token)
        .into(new ArrayList<>());
  }

  boolean revoke(String user, String id) {
    return tokens.deleteOne(and(eq("_id", id), eq("user", user))).getDeletedCount() == 1;
  }

  void revokeAll(String user) {
    tokens.deleteMany(eq("user", user));
  }

  private static Token token(Document stored) {
    Set<Permission> scopes = EnumSet.noneOf(Permission.class);
    for (String scope : stored.getList("scopes", String.class)) {
      Permission.find(scope).ifPresent(scopes::add);
    }
    return new Token(
        stored.getString("_id"),
        stored.getString("user"),
        stored.getString("name"),
        scopes,
        stored.getList("from", String.class, List.of()),
        Values.instant(stored, "createdAt"),
        Values.instant(stored, "expiresAt"),
        Values.instantOrNull(stored, "usedAt"),
        stored.getString("usedFrom"));
  }
}
