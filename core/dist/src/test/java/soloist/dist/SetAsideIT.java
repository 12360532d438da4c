package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Facts that follow from what people do, and a row that cannot be taken until something is mended.
 */
class SetAsideIT {
  private static final String DEAD = "/api/v1/dead";

  @TempDir Path folder;

  @Test
  void aRowThatCannotBeTakenIsSetAsideAndCountsOnceWhenItIsTriedAgain() {
    try (Line line = Line.open(folder)) {
      Customer ada = line.customer("ada");
      ada.agrees("consent");
      line.tell(fills(ada, "full", 63_900));
      ada.orders("too-much");
      for (int i = 0; i < 5; i++) {
        line.customer("other" + i).orders("order");
      }
      line.settle();

      JsonObject dead = line.items(DEAD).getFirst();
      assertEquals(1, line.items(DEAD).size());
      assertEquals("ada-too-much", dead.getString("id"));
      assertEquals("order", dead.getString("type"));
      assertTrue(dead.getString("cause").contains("larger than"), dead.encode());
      assertTrue(dead.getJsonObject("why").getString("en").contains("64 KB"), dead.encode());
      assertTrue(dead.getJsonObject("why").getString("zh-CN").contains("缩短"), dead.encode());
      assertEquals(ada.id(), dead.getString("profile"));
      assertEquals(1, deadRows(line));
      for (int i = 0; i < 5; i++) {
        assertEquals("1", line.customer("other" + i).trait("orders").getValue("value").toString());
      }

      offer(line, "ada-too-much");
      line.settle();
      assertEquals("again:ada-too-much", line.items(DEAD).getFirst().getString("id"), "not mended");

      line.tell(fills(ada, "mended", 10));
      line.settle();
      for (int i = 0; i < 3; i++) {
        offer(line, "again:ada-too-much");
        line.settle();
      }
      assertEquals(List.of(), line.items(DEAD));
      assertEquals(0, deadRows(line));
      assertEquals("1", ada.trait("orders").getValue("value").toString());
      assertEquals(1, ada.awaitMessage("thanks", "sent").getJsonArray("gates").size() / 3);
      assertEquals(1, ada.mails().size());
      assertEquals(
          404, line.ask(DEAD + "/offer", new JsonObject().put("id", "nothing")).statusCode());
      assertEquals(400, line.ask(DEAD + "/offer", new JsonObject()).statusCode());
      assertFacts(line, ada);
    }
  }

  /** What follows from what they did is in the portrait with its evidence, and can be asked for. */
  private static void assertFacts(Line line, Customer ada) {
    JsonObject times = ada.trait("times:order");
    assertEquals("computed", times.getString("source"));
    assertEquals("again:again:ada-too-much", times.getJsonObject("evidence").getString("event"));
    JsonObject because = times.getJsonObject("evidence").getJsonObject("because");
    assertEquals("1 in the last 30 days, 1 in the last 90", because.getString("en"));
    assertEquals("最近 30 天 1 次，最近 90 天 1 次", because.getString("zh-CN"));
    assertEquals("money", ada.trait("spent_30d_EUR").getString("type"));
    assertTrue(
        Line.objects(line.json("/api/v1/segments/words").getJsonArray("traits")).stream()
            .anyMatch(word -> word.getString("key").equals("spent_30d_EUR")));
    JsonObject condition =
        new JsonObject()
            .put("trait", "spent_30d_EUR")
            .put("comparison", "atLeast")
            .put("value", BigDecimal.TEN.toPlainString())
            .put("type", "number");
    JsonObject preview =
        new JsonObject(
            line.ask("/api/v1/segments/preview", new JsonObject().put("condition", condition))
                .body());
    assertEquals(6, preview.getJsonObject("count").getInteger("value"), preview.encode());
  }

  private static JsonObject fills(Customer customer, String id, int letters) {
    return customer.event(id, "traits", new JsonObject().put("note", "x".repeat(letters)));
  }

  private static int deadRows(Line line) {
    return line.json("/api/v1/status").getJsonObject("counts").getInteger("deadRows");
  }

  private static void offer(Line line, String id) {
    assertEquals(202, line.ask(DEAD + "/offer", new JsonObject().put("id", id)).statusCode());
  }
}
