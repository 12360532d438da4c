package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Groups and baskets from the orders of a shop to traits, segments and a card that can be drawn.
 */
class GroupsIT {
  private static final int EACH = 15;

  @TempDir Path folder;

  @Test
  void ordersBecomeGroupsWithSegmentsAndProductsToOffer() {
    try (Line line = Line.open(folder)) {
      Owner owner = new Owner(line);
      for (int i = 0; i < EACH; i++) {
        for (int order = 0; order < 6; order++) {
          buys(line, "often" + i, 5 + 7 * order + i, "30.00", "tea", i % 5 == 0 ? "cup" : "pot");
        }
        buys(line, "big" + i, 40 + i, "900.00", "sofa");
        buys(line, "once" + i, 300 + i, "15.00", i == 7 ? "tea" : "hat");
      }
      line.settle();
      owner.configure(
          "kinds", "profiler-cluster", new JsonObject().put("numbers", "orders, spent_EUR"));
      owner.configure("baskets", "profiler-basket", new JsonObject());

      JsonObject kinds = owner.run("kinds", new JsonObject());
      JsonObject baskets = owner.run("baskets", new JsonObject());

      assertEquals("done", kinds.getString("state"), kinds.encode());
      assertEquals("done", baskets.getString("state"), baskets.encode());
      for (int i = 0; i < EACH; i++) {
        assertEquals("1", line.customer("often" + i).trait("cluster").getString("value"));
        assertEquals(
            line.customer("big0").segments(), line.customer("big" + i).segments(), "big" + i);
        assertEquals(
            line.customer("once0").segments(), line.customer("once" + i).segments(), "once" + i);
      }
      assertTrue(line.customer("often3").segments().contains("profiler-cluster-cluster-1"));
      assertTrue(!line.customer("big0").segments().equals(line.customer("once0").segments()));
      JsonObject why = because(line, "often3", "cluster");
      assertTrue(why.getString("en").contains("orders 6 (group 6, everybody 2.67)"), why.encode());
      assertTrue(why.getString("zh-CN").contains("订单数 6（本组 6，总体 2.67）"), why.encode());
      assertEquals("pot", line.customer("once7").trait("bought_with").getString("value"));
      assertEquals(
          "has tea: of 91 orders with that 72 (79 %) have pot as well, 1.3 times as often as usual",
          because(line, "once7", "bought_with").getString("en"));
      JsonObject card = model(line, "kinds").getJsonObject("card");
      assertEquals(
          List.of("plot", "bars", "grid", "plot", "plot"),
          Line.objects(card.getJsonArray("figures")).stream()
              .map(figure -> figure.getString("kind"))
              .toList());
      assertEquals(
          List.of("grid", "bars", "plot"),
          Line.objects(model(line, "baskets").getJsonObject("card").getJsonArray("figures"))
              .stream()
              .map(figure -> figure.getString("kind"))
              .toList());

      line.advance(Duration.ofMinutes(1));
      JsonObject again = owner.run("kinds", new JsonObject()).getJsonObject("result");
      assertEquals(0, again.getInteger("written"), again.encode());
    }
  }

  private static void buys(Line line, String name, int daysAgo, String total, String... products) {
    JsonArray lines = new JsonArray();
    for (String product : products) {
      lines.add(new JsonObject().put("product", product).put("quantity", 1));
    }
    JsonObject order = line.customer(name).order("o" + daysAgo, total);
    order.getJsonObject("properties").put("lines", lines);
    order.put("time", line.clock.instant().minus(Duration.ofDays(daysAgo)).toString());
    line.tell(order);
  }

  private static JsonObject because(Line line, String name, String trait) {
    return line.customer(name).trait(trait).getJsonObject("evidence").getJsonObject("because");
  }

  private static JsonObject model(Line line, String instance) {
    return line.items("/api/v1/models").stream()
        .filter(model -> model.getString("instance").equals(instance))
        .findFirst()
        .orElseThrow();
  }
}
