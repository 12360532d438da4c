package soloist.security;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoCollection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.bson.Document;
import soloist.store.Store;
import soloist.store.Values;

/**
 * A code of an app beside the passphrase, kept with the person it belongs to: the key sealed, of
 * recovery codes the hashes. No code is taken twice.
 */
final class SecondFactors {
  /** The field of a person who has one. */
  static final String ON = "factor";

  private static final Duration TO_TURN_ON = Duration.ofMinutes(15);
  private static final int RECOVERY_CODES = 10;
  private static final int RECOVERY_BYTES = 10;
  private static final String ISSUER = "Soloist";
  private static final String SEAL = "second-factor";
  private static final String BEGUN = "factorBegun";

  private final MongoCollection<Document> users;
  private final Keys keys;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  SecondFactors(Store store, Keys keys, InstantSource clock) {
    users = store.users();
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * What an app is shown once.
   *
   * @param key in base32
   * @param link the same with names, for apps that take links and for pictures of them
   */
  record Begun(String key, String link) {}

  /** Makes a key that counts once a code of it was given. */
  Begun begin(User user) {
    byte[] key = new byte[Totp.KEY_BYTES];
    random.nextBytes(key);
    users.updateOne(
        eq("_id", user.id()),
        set(
            BEGUN,
            new Document("key", sealed(user, key))
                .append("until", Date.from(clock.instant().plus(TO_TURN_ON)))));
    String text = Totp.base32(key);
    String name = URLEncoder.encode(user.email(), StandardCharsets.UTF_8).replace("+", "%20");
    return new Begun(
        text, "otpauth://totp/" + ISSUER + ":" + name + "?secret=" + text + "&issuer=" + ISSUER);
  }

  /**
   * Turns it on when the code is one of the key that was begun with.
   *
   * @return recovery codes, each good once; empty when the code is wrong or comes too late
   */
  Optional<List<String>> turnOn(User user, String code) {
    Document begun = find(user).get(BEGUN, Document.class);
    Instant now = clock.instant();
    if (begun == null || !now.isBefore(Values.instant(begun, "until"))) {
      return Optional.empty();
    }
    OptionalLong step = Totp.match(key(user, begun), plain(code), now);
    if (step.isEmpty()) {
      return Optional.empty();
    }
    List<String> codes = new ArrayList<>();
    Document hashes = new Document();
    while (codes.size() < RECOVERY_CODES) {
      String recovery = recoveryCode();
      codes.add(recovery);
      hashes.append(Secrets.hash(plain(recovery)), true);
    }
    users.updateOne(
        eq("_id", user.id()),
        combine(
            unset(BEGUN),
            set(
                ON,
                new Document("key", begun.getString("key"))
                    .append("since", Date.from(now))
                    .append("step", step.getAsLong())
                    .append("recovery", hashes))));
    return Optional.of(codes);
  }

  /** Whether this is the code of now, or a recovery code; it is used up by that. */
  boolean take(User user, String typed) {
    Document on = find(user).get(ON, Document.class);
    if (on == null) {
      return false;
    }
    String code = plain(typed);
    OptionalLong step = Totp.match(key(user, on), code, clock.instant());
    if (step.isPresent()) {
      return users
              .updateOne(
                  and(eq("_id", user.id()), lt(ON + ".step", step.getAsLong())),
                  set(ON + ".step", step.getAsLong()))
              .getModifiedCount()
          == 1;
    }
    String recovery = ON + ".recovery." + Secrets.hash(code);
    return users
            .updateOne(and(eq("_id", user.id()), exists(recovery)), unset(recovery))
            .getModifiedCount()
        == 1;
  }

  void turnOff(User user) {
    users.updateOne(eq("_id", user.id()), combine(unset(ON), unset(BEGUN)));
  }

  /** As {@link #turnOff}, for somebody who has lost it; whoever is signed in as them is no more. */
  void remove(User user) {
    users.updateOne(eq("_id", user.id()), combine(unset(ON), unset(BEGUN), inc("epoch", 1L)));
  }

  /** Since when it is on, and how many recovery codes are left. */
  record State(Instant since, int recoveryCodes) {}

  Optional<State> state(User user) {
    return Optional.ofNullable(find(user).get(ON, Document.class))
        .map(on -> new State(Values.instant(on, "since"), Values.document(on, "recovery").size()));
  }

  private Document find(User user) {
    return Optional.ofNullable(users.find(eq("_id", user.id())).first()).orElseGet(Document::new);
  }

  private String sealed(User user, byte[] key) {
    return Base64.getEncoder().encodeToString(keys.seal(SEAL, user.id(), key));
  }

  private byte[] key(User user, Document stored) {
    return keys.open(SEAL, user.id(), Base64.getDecoder().decode(stored.getString("key")));
  }

  private String recoveryCode() {
    byte[] bytes = new byte[RECOVERY_BYTES];
    random.nextBytes(bytes);
    return Totp.base32(bytes).replaceAll("(.{4})(?=.)", "$1-");
  }

  /** However it was typed. */
  private static String plain(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }
}
