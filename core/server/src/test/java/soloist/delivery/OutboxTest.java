package soloist.delivery;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soloist.store.Store;
import soloist.testkit.ManualClock;

final class OutboxTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final ManualClock clock = new ManualClock();
  private final MongoServer server = new MongoServer(new MemoryBackend());
  private Store store;
  private Outbox outbox;

  @BeforeEach
  void queueOneMessage() {
    store = new Store("mongodb://127.0.0.1:" + server.bind().getPort() + "/soloist");
    outbox = new Outbox(store, clock, DeliveryPolicy.USUAL);
    Date now = Date.from(clock.instant());
    store
        .outbox()
        .insertOne(
            new Document("_id", "m1")
                .append("state", "queued")
                .append("channel", "email")
                .append("dueAt", now)
                .append("queuedAt", now)
                .append("profileId", "p1")
                .append("position", 1L)
                .append("campaign", "thanks")
                .append("step", "thanks")
                .append("entry", "e1")
                .append("template", "thanks")
                .append("templateVersion", 1)
                .append("purpose", "marketing")
                .append("attempts", 0)
                .append("fence", 0L));
  }

  @AfterEach
  void stop() {
    store.close();
    server.shutdownNow();
  }

  @Test
  void takesBackAClaimThatThisProcessDoesNotWorkOnAnyMore() {
    outbox.claim("email", 10);

    clock.advance(LEASE.plusSeconds(1));
    outbox.renew(List.of());
    outbox.recover(List.of());

    assertEquals("queued", state());
  }

  @Test
  void onlyWhatWaitsForTheRelayIsDueWhenAnotherTakesOver() {
    outbox.putOff(claimed(), clock.instant().plus(LEASE), "away");
    outbox.hurry("hook");
    assertEquals(List.of(), outbox.claim("email", 10));

    outbox.hurry("email");

    outbox.retry(claimed(), clock.instant().plus(LEASE), 1, "mailbox full");
    outbox.hurry("email");
    assertEquals(List.of(), outbox.claim("email", 10));
  }

  private Queued claimed() {
    return outbox.claim("email", 10).getFirst();
  }

  @Test
  void leavesAloneWhatThisProcessIsStillSendingAfterItsLeaseRanOut() {
    Queued row = outbox.claim("email", 10).getFirst();
    outbox.mark(row, new Document());

    clock.advance(LEASE.plusSeconds(1));
    outbox.recover(List.of("m1"));

    assertEquals("inflight", state());
  }

  @Test
  void anotherProcessTakesOverWhenTheLeaseHasRunOut() {
    Queued row = outbox.claim("email", 10).getFirst();
    outbox.mark(row, new Document());

    clock.advance(LEASE.plusSeconds(1));
    new Outbox(store, clock, DeliveryPolicy.USUAL).recover(List.of());
    outbox.settle(row, "sent", new Document());

    assertEquals("queued", state());
  }

  @Test
  void aRenewedClaimIsNotTakenBack() {
    outbox.claim("email", 10);

    clock.advance(LEASE.minusSeconds(1));
    outbox.renew(List.of("m1"));
    clock.advance(LEASE.minusSeconds(1));
    new Outbox(store, clock, DeliveryPolicy.USUAL).recover(List.of());

    assertEquals("claimed", state());
  }

  private String state() {
    return store.outbox().find(eq("_id", "m1")).first().getString("state");
  }
}
