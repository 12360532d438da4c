package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that stood still does not send a heap of late mail before its owner has seen it. */
class SendingHoldIT {
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
  void whatFellDueDuringALongStandstillWaitsForTheOwner() {
    Customer ada = line.customer("ada");
    ada.isThanked();
    Instant ran = line.clock.instant();

    line.restartAfter(Duration.ofDays(4));
    Line.until("the reminder", () -> sending().getInteger("waiting") == 1);
    Customer bea = line.customer("bea");
    bea.agrees("consent");
    bea.orders("order");
    Line.until("both", () -> sending().getInteger("waiting") == 2);
    JsonObject held = sending().getJsonObject("held");
    line.restart();

    assertEquals("stood_still", held.getString("reason"));
    assertEquals(ran, held.getInstant("from"));
    assertEquals(held, sending().getJsonObject("held"));
    assertEquals(1, ada.mails().size());

    JsonObject released = line.order("/api/v1/sending/release");

    ada.awaitMessage("reminder", "sent");
    bea.awaitMessage("thanks", "sent");
    assertNull(released.getJsonObject("held"));
    assertEquals(2, ada.mails().size());
  }

  @Test
  void aShortPauseHoldsNothing() {
    Customer ada = line.customer("ada");
    ada.isThanked();
    line.advance(Duration.ofDays(3).minusHours(1));
    // The second in which the server notes that it runs has passed when this is done.
    line.customer("witness").isThanked();
    Line.until(
        "the note",
        () ->
            line.stored("state")
                .find(new org.bson.Document("_id", "sending"))
                .first()
                .getDate("aliveAt")
                .toInstant()
                .equals(line.clock.instant()));

    line.restartAfter(Duration.ofHours(2));

    ada.awaitMessage("reminder", "sent");
    assertNull(sending().getJsonObject("held"));
  }

  @Test
  void aLongStandstillWithNothingDueHoldsNothing() {
    line.restartAfter(Duration.ofDays(30));

    assertNull(sending().getJsonObject("held"));
    line.customer("ada").isThanked();
  }

  private JsonObject sending() {
    return line.json("/api/v1/sending");
  }
}
