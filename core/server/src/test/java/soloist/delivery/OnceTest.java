package soloist.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.campaign.Standing;
import soloist.privacy.Suppressions;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.security.Keys;
import soloist.spi.Channel;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

/** One person who was taken for two gets one mail of each kind. */
class OnceTest {
  @TempDir java.nio.file.Path folder;
  private final TestStore server = new TestStore();
  private final Store store = server.open("once");
  private final ManualClock clock = new ManualClock();
  private final Instant merged = clock.instant();
  private Gates gates;

  @BeforeEach
  void open() throws java.io.IOException {
    Keys keys = Keys.open(folder.resolve("key"));
    gates = new Gates(store, new Suppressions(store, keys, clock), _ -> Standing.OPEN);
    profile("ada", null);
    profile("bea", "ada");
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void whatWasSentAsTheOtherIsNotSentAgain() {
    message("m1", "bea", "sent", -1);

    assertEquals(Optional.of("sent-as-another"), closed(message("m2", "ada", "queued", -1)));
  }

  @Test
  void ofTwoThatWaitOneGoes() {
    Queued first = message("m1", "bea", "queued", -1);
    Queued second = message("m2", "ada", "queued", -1);

    assertEquals(Optional.empty(), closed(first));
    assertEquals(Optional.of("sent-as-another"), closed(second));
  }

  @Test
  void whatIsDecidedOfThePersonLaterIsSent() {
    message("m1", "bea", "sent", -1);

    assertEquals(Optional.empty(), closed(message("m2", "ada", "queued", 1)));
  }

  @Test
  void whatWasNotSentDoesNotHoldTheOtherUp() {
    message("m1", "bea", "held", -1);

    assertEquals(Optional.empty(), closed(message("m2", "ada", "queued", -1)));
  }

  private Optional<String> closed(Queued row) {
    Profile person = gates.profile(row).orElseThrow();
    assertEquals("ada", person.id(), "everything goes to who they are now");
    return gates.pass(row, person, Channel.Address.EMAIL).closed();
  }

  private void profile(String id, String into) {
    Document document = ProfileDocuments.write(new Profile(id));
    document
        .append("identifiers", new Document("email", List.of("ada@example.com")))
        .append(
            "consents",
            new Document(
                "marketing",
                new Document("granted", true)
                    .append("time", Date.from(merged))
                    .append("source", "form")
                    .append("event", "e")));
    if (into == null) {
      Document part = new Document("profile", "bea").append("live", 9L).append("bulk", 0L);
      document.append("parts", List.of(part.append("at", Date.from(merged))));
    } else {
      document.append("into", into);
    }
    store.profiles().insertOne(document);
  }

  private Queued message(String id, String profile, String state, int hours) {
    Document row =
        new Document("_id", id)
            .append("state", state)
            .append("dueAt", Date.from(merged))
            .append("queuedAt", Date.from(merged.plus(Duration.ofHours(hours))))
            .append("profileId", profile)
            .append("position", 0L)
            .append("campaign", "welcome")
            .append("version", 1)
            .append("step", "hello")
            .append("entry", "entry of " + profile)
            .append("channel", "email")
            .append("template", "hello")
            .append("templateVersion", 1)
            .append("purpose", "marketing")
            .append("attempts", 0)
            .append("fence", 0L)
            .append("owner", null);
    store.outbox().insertOne(row);
    return Queued.of(row);
  }
}
