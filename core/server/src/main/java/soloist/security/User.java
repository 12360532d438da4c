package soloist.security;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import soloist.store.Values;

/**
 * Somebody who may sign in.
 *
 * @param email in lower case
 * @param passphrase as stored, empty until the person has chosen one
 * @param epoch goes up when everybody signed in as this person has to sign in anew
 */
record User(
    String id,
    String email,
    Role role,
    String passphrase,
    long epoch,
    Instant createdAt,
    boolean hasSecondFactor) {

  static User of(Document document) {
    return new User(
        document.getString("_id"),
        document.getString("email"),
        Role.find(document.getString("role")).orElseThrow(),
        document.getString("passphrase"),
        document.getLong("epoch"),
        Values.instant(document, "createdAt"),
        document.containsKey(SecondFactors.ON));
  }

  Document document() {
    return new Document("_id", id)
        .append("email", email)
        .append("role", role.text())
        .append("passphrase", passphrase)
        .append("epoch", epoch)
        .append("createdAt", Date.from(createdAt));
  }
}
