package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
          List.of("grid", "graph", "bars", "plot"),
          Line.objects(model(line, "baskets").getJsonObject("card").getJsonArray("figures"))
              .stream()
              .map(figure -> figure.getString("kind"))
              .toList());

      line.advance(Duration.ofMinutes(1));
      JsonObject again = owner.run("kinds", new JsonObject()).getJsonObject("result");
      assertEquals(0, again.getInteger("written"), again.encode());

      makesAFieldAndAsksForIt(line, owner);
      groupsByWhatPeopleTold(line, owner);
    }
  }

  /** From a formula to portraits with their evidence, a segment and a column of a profiler. */
  private static void makesAFieldAndAsksForIt(Line line, Owner owner) {
    HttpResponse<String> wrong = field(owner, "Wrong", "[spent_EUR] + [orders]");
    assertEquals(400, wrong.statusCode(), wrong.body());
    JsonObject fault = new JsonObject(wrong.body()).getJsonArray("errors").getJsonObject(0);
    assertEquals("/formula/12", fault.getString("pointer"));
    assertTrue(fault.getString("message").startsWith("At character 13: "), fault.encode());

    JsonObject seen =
        new JsonObject(
            owner
                .ask("/fields/preview", new JsonObject().put("formula", "[spent_EUR] / [orders]"))
                .body());
    assertEquals(3 * EACH, seen.getInteger("known"), seen.encode());
    HttpResponse<String> made = field(owner, "Average order", "[spent_EUR] / [orders]");
    assertEquals(201, made.statusCode(), made.body());
    String key = new JsonObject(made.body()).getString("key");
    assertEquals("own:average-order", key);
    assertEquals(400, field(owner, "Average order", "[orders] * 2").statusCode());

    JsonObject average = line.customer("often3").trait(key);
    assertEquals(30, average.getInteger("value"));
    assertEquals("EUR", average.getString("currency"));
    assertEquals(
        new JsonArray()
            .add(new JsonObject().put("key", "spent_EUR").put("value", 180))
            .add(new JsonObject().put("key", "orders").put("value", 6)),
        average.getJsonObject("evidence").getJsonArray("saw"));

    JsonObject word =
        Line.objects(line.json("/api/v1/segments/words").getJsonArray("traits")).stream()
            .filter(each -> each.getString("key").equals(key))
            .findFirst()
            .orElseThrow();
    assertEquals("own", word.getString("set"));
    assertEquals(3 * EACH, word.getInteger("known"));
    JsonObject condition =
        new JsonObject()
            .put("trait", key)
            .put("comparison", "atLeast")
            .put("value", "500")
            .put("type", "number");
    JsonObject count =
        new JsonObject(
            owner
                .ask(
                    "/segments/preview",
                    new JsonObject().put("condition", condition).put("exact", true))
                .body());
    assertEquals(EACH, count.getJsonObject("count").getInteger("value"), count.encode());
    HttpResponse<String> segment =
        owner.ask(
            "/segments",
            new JsonObject()
                .put("name", new JsonObject().put("en", "Large orders"))
                .put("condition", condition));
    String id = new JsonObject(segment.body()).getString("id");
    Line.until("members", () -> line.json("/api/v1/segments/" + id).getInteger("members") == EACH);
    assertTrue(line.customer("big3").segments().contains(id));
    buys(line, "once3", 0, "5000.00", "sofa");
    Line.until("a new member", () -> line.customer("once3").segments().contains(id));

    owner.configure(
        "sizes",
        "profiler-cluster",
        new JsonObject()
            .put("numbers", key + ", different_products")
            .put("times", "")
            .put("trait", "size"));
    JsonObject columns = line.json("/api/v1/instances/sizes/columns");
    assertEquals(
        List.of("own", "buying"),
        Line.objects(columns.getJsonArray("items")).stream()
            .map(column -> column.getString("set"))
            .toList());
    JsonObject sizes = owner.run("sizes", new JsonObject());
    assertEquals("done", sizes.getString("state"), sizes.encode());
    assertEquals("2", line.customer("often3").trait("different_products").getString("value"));
    assertEquals("12", line.customer("often3").trait("items").getString("value"));

    assertEquals(200, owner.ask("/fields/" + key + "/remove", new JsonObject()).statusCode());
    assertTrue(line.customer("big3").segments().contains(id));
  }

  private static HttpResponse<String> field(Owner owner, String name, String formula) {
    return owner.ask(
        "/fields",
        new JsonObject().put("name", new JsonObject().put("en", name)).put("formula", formula));
  }

  /** The customers of a mall: an age, an income and a score of their spending, and no orders. */
  private static void groupsByWhatPeopleTold(Line line, Owner owner) {
    for (int i = 0; i < 3 * EACH; i++) {
      int kind = i % 3;
      line.tell(
          line.customer("mall" + i)
              .event(
                  "told",
                  "traits",
                  new JsonObject()
                      .put("age", 25 + 20 * kind + i % 4)
                      .put("income", 20_000 + 30_000 * kind + 500 * (i % 5))
                      .put("spending_score", (kind == 1 ? 80 : 30) + i % 6)));
    }
    line.settle();
    List<String> told =
        Line.objects(line.json("/api/v1/segments/words").getJsonArray("traits")).stream()
            .filter(word -> word.getString("set").equals("person"))
            .filter(word -> word.getString("type").equals("number"))
            .map(word -> word.getString("key"))
            .toList();
    assertEquals(List.of("age", "income", "spending_score"), told);

    owner.configure(
        "mall",
        "profiler-cluster",
        new JsonObject()
            .put("numbers", String.join(", ", told))
            .put("times", "")
            .put("trait", "mall_group"));
    JsonObject job = owner.run("mall", new JsonObject());

    assertEquals("done", job.getString("state"), job.encode());
    Set<String> groups = new HashSet<>();
    for (int kind = 0; kind < 3; kind++) {
      String group = line.customer("mall" + kind).trait("mall_group").getString("value");
      groups.add(group);
      String other = "mall" + (3 * (EACH - 1) + kind);
      assertEquals(group, line.customer(other).trait("mall_group").getString("value"), other);
    }
    assertEquals(3, groups.size());
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
