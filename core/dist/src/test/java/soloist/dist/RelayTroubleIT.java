package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.delivery.DeliveryPoint;
import soloist.delivery.DeliveryPolicy;
import soloist.testkit.Fault;

/** What becomes of a mail when the relay says no, later, or nothing. */
class RelayTroubleIT {
  private static final Duration DOUBT = Duration.ofMinutes(30);

  @TempDir Path folder;
  private Line line;

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void anUnknownRecipientIsNeverWrittenToAgain() {
    line = Line.open(folder);
    Customer ada = line.customer("ada");
    line.relay().script(ada.email(), Fault.reply(Fault.At.RCPT, 550, "5.1.1 no such user"));

    ada.agrees("consent");
    ada.orders("order");
    JsonObject refused = ada.awaitMessage("thanks", "refused");
    line.relay().forgive(ada.email());
    line.advance(Duration.ofDays(3));

    assertTrue(refused.getString("reason").startsWith("5.1.1"), refused.encode());
    assertEquals("suppressed", ada.awaitMessage("reminder", "held").getString("reason"));
    assertTrue(ada.mails().isEmpty());
  }

  @Test
  void aDeadAddressIsNoUnsubscribeEvenAfterARestart() {
    line = Line.open(folder);
    Customer bea = line.customer("bea");
    line.relay().script(bea.email(), Fault.reply(Fault.At.RCPT, 550, "5.1.1 no such user"));
    bea.agrees("consent");
    bea.orders("order");
    bea.awaitMessage("thanks", "refused");

    line.restart();
    line.customer("witness").isThanked();

    assertEquals(0, bea.happened("unsubscribed"));
    assertTrue(bea.portrait().getJsonArray("consents").getJsonObject(0).getBoolean("granted"));
  }

  @Test
  void aFullMailboxIsTriedAgainLater() {
    line = Line.open(folder);
    Customer cem = line.customer("cem");
    line.relay().script(cem.email(), Fault.reply(Fault.At.RCPT, 450, "4.2.1 busy"));
    Instant now = line.clock.instant();

    cem.agrees("consent");
    cem.orders("order");
    Line.until("one try", () -> row("state", "queued", "attempts", 1) != null);
    Instant dueAt = row("attempts", 1).getDate("dueAt").toInstant();
    line.relay().forgive(cem.email());
    line.customer("witness").isThanked();

    assertTrue(!dueAt.isBefore(now.plus(Duration.ofMinutes(12))), "due " + dueAt);
    assertTrue(cem.mails().isEmpty());
    line.clock.set(dueAt);
    cem.awaitMessage("thanks", "sent");
    assertEquals(1, cem.mails().size());
  }

  @Test
  void whatTheRelayCouldNotTakeGoesOutWhenItIsBack() {
    line = Line.open(folder);
    line.relayGoes();
    Customer dan = line.customer("dan");
    dan.agrees("consent");
    dan.orders("order");
    Line.until("a try", () -> dan.messageOf("thanks").isPresent() && reason(dan) != null);

    line.relayComes();
    assertEquals("queued", dan.messageOf("thanks").orElseThrow().getString("state"));
    line.advance(Duration.ofMinutes(2));

    dan.awaitMessage("thanks", "sent");
    assertEquals(1, dan.mails().size());
  }

  @Test
  void aMailThatMayHaveArrivedGoesAgainUnderItsOldIdAfterHalfAnHour() {
    line = Line.open(folder);
    Customer eva = line.customer("eva");
    line.relay().script(eva.email(), Fault.drop(Fault.At.STORED));
    eva.agrees("consent");
    eva.orders("order");
    Line.until("one try", () -> row("state", "queued", "attempts", 1) != null);
    line.relay().forgive(eva.email());

    line.advance(DOUBT.minusMillis(1));
    line.customer("witness").isThanked();
    assertEquals(1, eva.mails().size());
    line.advance(Duration.ofMillis(1));

    eva.awaitMessage("thanks", "sent");
    assertEquals(2, eva.mails().size());
    assertEquals(1, eva.mails().stream().map(mail -> mail.messageId()).distinct().count());
  }

  @Test
  void onHoldAMailThatMayHaveArrivedWaitsForAPerson() {
    DeliveryPolicy usual = DeliveryPolicy.USUAL;
    line =
        Line.open(
            folder,
            new DeliveryPolicy(usual.lease(), usual.doubtful(), true, true, usual.longestPause()),
            DeliveryPoint.Observer.NONE);
    Customer fei = line.customer("fei");
    line.relay().script(fei.email(), Fault.drop(Fault.At.DOT));
    fei.agrees("consent");
    fei.orders("order");

    fei.awaitMessage("thanks", "uncertain");
    line.relay().forgive(fei.email());
    line.advance(Duration.ofDays(2));
    line.customer("witness").isThanked();

    assertEquals("uncertain", fei.messageOf("thanks").orElseThrow().getString("state"));
    assertTrue(fei.mails().isEmpty());
  }

  @Test
  void whatAnotherProcessLeftInTheMiddleIsFoundAgain() {
    line = Line.open(folder);
    Customer gus = line.customer("gus");
    gus.isThanked();
    line.stored("outbox")
        .updateOne(
            new Document("step", "thanks"),
            new Document(
                "$set",
                new Document("state", "inflight")
                    .append("owner", "another")
                    .append("leaseUntil", Date.from(line.clock.instant().plusSeconds(30)))));

    line.advance(Duration.ofSeconds(31));
    Line.until(
        "doubt", () -> row("state", "queued", "reason", "process-ended-while-sending") != null);
    line.advance(DOUBT);

    gus.awaitMessage("thanks", "sent");
    assertEquals(2, gus.mails().size());
    assertEquals(1, gus.mails().stream().map(mail -> mail.messageId()).distinct().count());
  }

  @Test
  void whatFailedHereInTheMiddleIsFoundAgain() {
    AtomicBoolean isBroken = new AtomicBoolean(true);
    line =
        Line.open(
            folder,
            DeliveryPolicy.USUAL,
            (point, _) -> {
              if (point == DeliveryPoint.MARKED && isBroken.getAndSet(false)) {
                throw new IllegalStateException("broken on purpose");
              }
            });
    Customer hal = line.customer("hal");
    hal.agrees("consent");
    hal.orders("order");
    hal.awaitMessage("thanks", "inflight");
    Line.until("the failure", () -> !isBroken.get());

    Line.until(
        "doubt",
        () -> {
          line.advance(DeliveryPolicy.USUAL.lease());
          return row("state", "queued", "attempts", 0) != null;
        });
    line.advance(DOUBT);

    hal.awaitMessage("thanks", "sent");
    assertEquals(1, hal.mails().size());
  }

  private static String reason(Customer customer) {
    return customer.messageOf("thanks").orElseThrow().getString("reason");
  }

  private Document row(Object... criteria) {
    Document filter = new Document();
    for (int i = 0; i < criteria.length; i += 2) {
      filter.append((String) criteria[i], criteria[i + 1]);
    }
    return line.stored("outbox").find(filter).first();
  }
}
