package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.FileImports.mapping;
import static soloist.dist.FileImports.order;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;

/** What one cause would send to many at once waits for the owner's word, and nothing else does. */
class WaveIT {
  private static final int FEW = 20;
  private static final int MANY = 205;

  @TempDir Path folder;

  @Test
  void manyAtOnceWaitForAWordAndFewDoNot() {
    try (Line line = Line.open(folder)) {
      agreed(line, FEW + 2 * MANY);

      ordered(line, "few.csv", 0, FEW);
      line.settle();
      assertEquals(FEW, mails(line).size());
      assertEquals(List.of(), waves(line));

      JsonObject file = ordered(line, "many.csv", FEW, MANY);
      JsonObject held = awaitWave(line, "import");
      assertEquals("thanks", held.getString("campaign"));
      assertEquals(MANY, held.getInteger("waiting"));
      assertEquals(200, held.getInteger("limit"));
      assertEquals(file.getString("id"), held.getJsonObject("cause").getString("subject"));
      Customer eve = line.customer("eve");
      eve.isThanked();
      line.restart();
      line.advance(Duration.ofHours(2));
      line.settle();
      assertEquals(FEW + 1, mails(line).size(), "only what eve did herself");
      assertEquals(held.getString("id"), waves(line).getFirst().getString("id"));

      JsonObject released = say(line, held, "release", 200);
      assertEquals("released", released.getString("state"));
      line.settle();
      say(line, held, "discard", 409);
      List<String> recipients = mails(line);
      assertEquals(FEW + 1 + MANY, recipients.size());
      assertEquals(FEW + 1 + MANY, recipients.stream().distinct().count(), "nobody twice");
      assertEquals(List.of(), waves(line));
      assertTrue(
          line.items("/api/v1/audit?q=waves").stream()
              .anyMatch(it -> it.getString("what").equals("POST /api/v1/waves/:id/release")),
          "the word is in the audit log");

      ordered(line, "more.csv", FEW + MANY, MANY);
      say(line, awaitWave(line, "import"), "discard", 200);
      line.settle();
      assertEquals(FEW + 1 + MANY, mails(line).size());
      JsonObject dropped = line.customer("n" + (FEW + MANY)).messageOf("thanks").orElseThrow();
      assertEquals(
          "held wave-discarded", dropped.getString("state") + " " + dropped.getString("reason"));

      dueAtOnce(line);
    }
  }

  /** Everybody ordered in the same hour, so everybody has not ordered for 60 days at once. */
  private static void dueAtOnce(Line line) {
    OwnCampaign back = OwnCampaign.of(line, "win-back", new JsonObject());
    back.write("Come back", "Still there");
    back.act("activate");
    back.awaitWalks();
    line.settle();
    int before = line.ledger().entries().size();

    line.advance(Duration.ofDays(61));

    JsonObject held = awaitWave(line, "time");
    assertEquals(back.id(), held.getString("campaign"));
    assertTrue(held.getInteger("waiting") > 200, held.encode());
    line.settle();
    List<Delivered> mails = line.ledger().entries();
    assertTrue(
        mails.subList(before, mails.size()).stream()
            .noneMatch(mail -> mail.subject().equals("Come back")));
  }

  private static List<JsonObject> waves(Line line) {
    return line.items("/api/v1/waves");
  }

  private static JsonObject awaitWave(Line line, String kind) {
    Line.until(
        "a wave by " + kind,
        () ->
            waves(line).stream()
                .anyMatch(it -> it.getJsonObject("cause").getString("kind").equals(kind)));
    line.settle();
    return waves(line).getFirst();
  }

  private static JsonObject say(Line line, JsonObject wave, String word, int status) {
    HttpResponse<String> answer =
        line.ask("/api/v1/waves/" + wave.getString("id") + "/" + word, new JsonObject());
    assertEquals(status, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private static List<String> mails(Line line) {
    return line.ledger().entries().stream().map(Delivered::recipient).toList();
  }

  private static void agreed(Line line, int people) {
    StringBuilder csv = new StringBuilder("email,userId\n");
    for (int i = 0; i < people; i++) {
      csv.append("n" + i + "@example.com,user-n" + i + "\n");
    }
    JsonObject consent =
        new JsonObject()
            .put("purpose", "marketing")
            .put("source", "paper form")
            .put("at", line.clock.instant().minusSeconds(60).toString());
    new FileImports(line)
        .bringIn(
            "agreed.csv",
            csv.toString(),
            order(mapping("customers", "email", "userId")).put("consent", consent));
    line.settle();
  }

  private static JsonObject ordered(Line line, String name, int from, int count) {
    StringBuilder csv = new StringBuilder("email,number,when,total,currency\n");
    String now = line.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    for (int i = from; i < from + count; i++) {
      csv.append("n" + i + "@example.com,N-" + i + "," + now + ",10,EUR\n");
    }
    return new FileImports(line)
        .bringIn(
            name,
            csv.toString(),
            order(
                    mapping(
                        "orders",
                        "email",
                        "order.id",
                        "order.time",
                        "order.total",
                        "order.currency"))
                .put("startsCampaigns", true));
  }
}
