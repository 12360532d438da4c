package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing goes out that nobody agreed to, and what time alone changes changes by itself. */
class ConsentIT {
  @TempDir Path folder;
  private Line line;

  @BeforeEach
  void open() {
    line = Line.open(folder);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void withoutConsentTheDecisionIsKeptAndTheMailIsNot() {
    Customer ada = line.customer("ada");

    ada.orders("order");

    JsonObject message = ada.awaitMessage("thanks", "held");
    assertEquals("no-consent", message.getString("reason"));
    assertEquals(List.of("address true", "consent false"), Customer.gates(message));
    assertEquals(List.of("recent-buyers"), ada.segments());
    line.settle();
    assertTrue(ada.mails().isEmpty());
  }

  @Test
  void theLastWordAboutConsentCounts() {
    Instant now = line.clock.instant();
    Customer withdrew = line.customer("withdrew");
    Customer late = line.customer("late");
    Customer agreedAgain = line.customer("again");

    line.tell(withdrew.consent("yes", true, now.minusSeconds(60)));
    line.tell(withdrew.consent("no", false, now.minusSeconds(30)));
    line.tell(late.consent("no", false, now.minusSeconds(30)));
    line.tell(late.consent("yes", true, now.minusSeconds(60)));
    line.tell(agreedAgain.consent("no", false, now.minusSeconds(60)));
    line.tell(agreedAgain.consent("yes", true, now.minusSeconds(30)));
    List.of(withdrew, late, agreedAgain).forEach(customer -> customer.orders("order"));

    for (Customer customer : List.of(withdrew, late)) {
      assertEquals("no-consent", customer.awaitMessage("thanks", "held").getString("reason"));
    }
    agreedAgain.awaitMessage("thanks", "sent");
    line.settle();
    assertEquals(1, line.ledger().entries().size());
    JsonObject consent = late.portrait().getJsonArray("consents").getJsonObject(0);
    assertFalse(consent.getBoolean("granted"));
    assertEquals("late-no", consent.getString("event"));
  }

  @Test
  void consentToOneThingIsNoConsentToAnother() {
    Customer bea = line.customer("bea");
    JsonObject other = bea.consent("other", true, line.clock.instant());
    other.getJsonObject("properties").put("purpose", "survey");

    line.tell(other);
    bea.orders("order");

    assertEquals("no-consent", bea.awaitMessage("thanks", "held").getString("reason"));
  }

  @Test
  void whoHasNoAddressIsNotWrittenTo() {
    Customer cem = line.customer("cem");
    JsonObject order = cem.order("order", "10.00");
    order.getJsonObject("identifiers").remove("email");

    line.tell(order);
    Line.until(
        "a held message",
        () -> line.stored("outbox").countDocuments(new org.bson.Document("state", "held")) == 1);

    assertEquals("no-address", line.stored("outbox").find().first().getString("reason"));
  }

  @Test
  void historyIsNotNews() {
    Customer dan = line.customer("dan");
    dan.agrees("consent");

    line.tell(
        dan.order("order", "10.00")
            .put("time", line.clock.instant().minus(Duration.ofDays(2)).toString()));

    Line.until("a decision", () -> dan.decisions().size() == 1);
    assertEquals("decline", dan.decisions().getFirst().getString("kind"));
    assertEquals(List.of("recent-buyers"), dan.segments());
    assertTrue(dan.mails().isEmpty());
  }

  @Test
  void aSegmentIsLeftByItselfThirtyDaysLater() {
    Customer eva = line.customer("eva");
    eva.isThanked();
    Instant ordered = line.clock.instant();

    line.advance(Duration.ofDays(30).minusMillis(1));
    Line.until("the reminder", () -> eva.mails().size() == 2);
    assertEquals(List.of("recent-buyers"), eva.segments());
    assertEquals(ordered.plus(Duration.ofDays(30)).toString(), eva.portrait().getString("dueAt"));
    line.advance(Duration.ofMillis(1));

    Line.until("the end of the membership", () -> eva.segments().isEmpty());
    assertEquals(null, eva.portrait().getString("dueAt"));
    line.settle();
    assertEquals(2, eva.mails().size());
  }

  @Test
  void whoOrdersAgainAfterThirtyDaysIsThankedAgain() {
    Customer fei = line.customer("fei");
    fei.isThanked();
    line.advance(Duration.ofDays(31));

    fei.orders("later");

    Line.until("another thank-you", () -> fei.decisions("start").size() == 2);
    Line.until("three mails", () -> fei.mails().size() == 3);
    assertEquals(3, fei.mails().stream().map(mail -> mail.messageId()).distinct().count());
  }
}
