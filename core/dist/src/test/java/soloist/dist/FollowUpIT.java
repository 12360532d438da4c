package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three days later, if not clicked. */
class FollowUpIT {
  private static final Duration PAUSE = Duration.ofDays(3);

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
  void whoDidNotClickIsRemindedOnceAndWhoDidIsNot() {
    Customer silent = line.customer("silent");
    Customer clicked = line.customer("clicked");
    silent.isThanked();
    line.bytes(clicked.isThanked().link("/c/").orElseThrow());
    Line.until("the click", () -> clicked.happened("email.clicked") == 1);
    Customer witness = line.customer("witness");

    line.advance(PAUSE.minusMillis(1));
    // Whoever orders now is thanked by the lanes and the delivery that would have sent too early.
    witness.isThanked();
    assertEquals(1, silent.mails().size());
    line.advance(Duration.ofMillis(1));

    JsonObject message = silent.awaitMessage("reminder", "sent");
    Line.until("the skip", () -> !clicked.decisions("skip").isEmpty());
    assertEquals("How was your tea?", message.getString("subject"));
    assertEquals(2, silent.mails().size());
    assertEquals(1, clicked.mails().size());
    JsonObject skip = clicked.decisions("skip").getFirst();
    assertEquals("reminder", skip.getString("step"));
    assertFalse(skip.getJsonObject("verdict").getBoolean("holds"));
    assertEquals(null, skip.getJsonObject("message"));
    JsonObject send = silent.decisions("send").getFirst();
    assertTrue(send.getJsonObject("verdict").getBoolean("holds"));
    assertEquals(List.of(), silent.portrait().getJsonArray("journeys").getList());

    line.advance(Duration.ofDays(1));
    line.customer("later").isThanked();
    assertEquals(2, silent.mails().size());
    assertEquals(1, clicked.mails().size());
  }

  @Test
  void aWaitOutlivesARestart() {
    Customer ada = line.customer("ada");
    ada.isThanked();

    line.restart();
    line.advance(PAUSE);

    ada.awaitMessage("reminder", "sent");
    assertEquals(2, ada.mails().size());
  }

  @Test
  void anOpenIsNoClick() {
    Customer bea = line.customer("bea");
    String html = bea.isThanked().html();
    line.bytes(java.net.URI.create(html.replaceAll("(?s).*src=\"([^\"]+)\".*", "$1")));
    Line.until("the open", () -> bea.happened("email.opened") == 1);

    line.advance(PAUSE);

    bea.awaitMessage("reminder", "sent");
  }

  @Test
  void whoWithdrewWhileWaitingIsNotReminded() {
    Customer cem = line.customer("cem");
    cem.isThanked();
    line.advance(Duration.ofDays(1));
    line.tell(cem.consent("no", false, line.clock.instant()));

    line.advance(Duration.ofDays(2));

    assertEquals("no-consent", cem.awaitMessage("reminder", "held").getString("reason"));
    assertEquals(1, cem.mails().size());
  }
}
