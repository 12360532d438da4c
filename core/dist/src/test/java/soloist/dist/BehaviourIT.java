package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who somebody is, when they came, which pages they visited, what they searched for, put into the
 * cart and bought: all of it can be asked for, and the answers are those of counting by hand.
 */
class BehaviourIT {
  private static final String SITE = "https://shop.example";
  private static final int VISITORS = 24;
  private static final List<String> PAGES = List.of("/tea/green", "/tea", "/pots", "/%E8%8C%B6");
  private static final List<String> SEARCHES = List.of("Green tea", "teapot", "绿茶");
  private static final List<String> CATEGORIES = List.of("Tea", "Teaware");
  private static final List<String> TYPES =
      List.of("page_view", "page_view", "search", "product_view", "add_to_cart", "order");

  private final Random random = new Random(7);
  private final List<Told> told = new ArrayList<>();
  @TempDir Path folder;
  private Line line;

  /** One thing that a visitor did, as the test remembers it. */
  private record Told(int visitor, String type, Instant time, Map<String, String> said) {}

  @BeforeEach
  void open() {
    line = Line.withStoreInside(folder);
    HttpResponse<String> sites =
        line.ask("/api/v1/sites", new JsonObject().put("origins", JsonArray.of(SITE)));
    assertEquals(200, sites.statusCode(), sites.body());
    for (int days : List.of(40, 10, 0)) {
      for (int visitor = 0; visitor < VISITORS; visitor++) {
        for (int times = random.nextInt(4); times > 0; times--) {
          tell(visitor, TYPES.get(random.nextInt(TYPES.size())), Duration.ofDays(days));
        }
      }
    }
    line.settle();
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void everyFieldOfBehaviourCanBeAskedForAndIsCountedRightly() {
    for (Asked asked : all()) {
      Set<Integer> byHand = byHand(asked.holds);
      assertTrue(!byHand.isEmpty() && byHand.size() < present().size(), asked.condition.encode());

      assertEquals(byHand.size(), count(asked.condition), asked.condition.encode());
    }
  }

  @Test
  void aNewSegmentHasWhoDidItBeforeAndTakesInWhoDoesItNow() {
    Map<String, Asked> made = new LinkedHashMap<>();
    all().forEach(asked -> made.put(make(asked.condition), asked));

    made.forEach(this::awaitMembers);
    for (int visitor = 0; visitor < 6; visitor++) {
      for (String type : TYPES) {
        tell(visitor, type, Duration.ZERO);
      }
    }
    line.settle();

    made.forEach(this::awaitMembers);
  }

  @Test
  void theBuilderIsOfferedWhatEventsSay() {
    List<JsonObject> offered =
        Line.objects(line.json("/api/v1/segments/words").getJsonArray("properties"));

    assertEquals(Set.of("/tea/green", "/tea", "/pots", "/茶"), values(offered, "page_view", "path"));
    assertEquals(Set.copyOf(SEARCHES), values(offered, "search", "query"));
    assertEquals(Set.copyOf(CATEGORIES), values(offered, "add_to_cart", "category"));
    assertEquals(Set.copyOf(CATEGORIES), values(offered, "order", "category"));
  }

  private static Set<String> values(List<JsonObject> offered, String event, String key) {
    return offered.stream()
        .filter(it -> it.getString("event").equals(event) && it.getString("key").equals(key))
        .flatMap(it -> it.getJsonArray("values").stream())
        .map(String.class::cast)
        .collect(Collectors.toSet());
  }

  private record Asked(JsonObject condition, Predicate<List<Told>> holds) {}

  private List<Asked> all() {
    return List.of(
        did("page_view", "path", "is", "/tea", 1, 30, it -> it.equals("/tea")),
        did("page_view", "path", "startsWith", "/TEA", 2, 60, it -> it.startsWith("/tea")),
        did("page_view", "path", "is", "/茶", 1, 60, it -> it.equals("/%E8%8C%B6")),
        did("page_view", "url", "contains", "example/pots", 1, 5, it -> it.equals("/pots")),
        did("page_view", "title", "contains", "green", 1, 60, it -> it.equals("/tea/green")),
        did("search", "query", "contains", "TEA", 1, 30, it -> !it.equals("绿茶")),
        did("search", "query", "is", "绿茶", 1, 60, it -> it.equals("绿茶")),
        did("product_view", "category", "is", "Tea", 1, 60, it -> it.equals("Tea")),
        did("product_view", "product", "is", "P-Teaware", 1, 60, it -> it.equals("Teaware")),
        did("add_to_cart", "category", "is", "teaware", 1, 60, it -> it.equals("Teaware")),
        did("add_to_cart", "brand", "startsWith", "B Teaw", 1, 60, it -> it.equals("Teaware")),
        did("order", "category", "is", "Tea", 1, 60, it -> it.equals("Tea")),
        did("order", "product", "contains", "ware", 1, 30, it -> it.equals("Teaware")),
        new Asked(
            trait("identifier:userId", "atLeast", "", "text"), rows -> isKnown(visitor(rows))),
        new Asked(
            trait("identifier:userId", "equal", "user-2", "text"), rows -> visitor(rows) == 2),
        new Asked(
            new JsonObject().put("did", "page_view").put("atLeast", 2).put("within", "P30D"),
            rows -> lately(rows, "page_view", 30) >= 2),
        recent("last:page_view", 5, rows -> lately(rows, "page_view", 5) > 0),
        recent("last:add_to_cart", 30, rows -> lately(rows, "add_to_cart", 30) > 0),
        recent("last:search", 5, rows -> lately(rows, "search", 5) > 0),
        recent("last_order", 30, rows -> lately(rows, "order", 30) > 0),
        new Asked(
            trait("times_90d:page_view", "atLeast", "3", "number"),
            rows -> lately(rows, "page_view", 90) >= 3));
  }

  private Asked did(
      String event,
      String property,
      String match,
      String value,
      int atLeast,
      int days,
      Predicate<String> said) {
    JsonObject where =
        new JsonObject().put("property", property).put("match", match).put("value", value);
    return new Asked(
        new JsonObject()
            .put("did", event)
            .put("where", where)
            .put("atLeast", atLeast)
            .put("within", "P" + days + "D"),
        rows ->
            rows.stream()
                    .filter(row -> row.type.equals(event) && isYounger(row, days))
                    .filter(row -> said.test(row.said.get("what")))
                    .count()
                >= atLeast);
  }

  private static Asked recent(String trait, int days, Predicate<List<Told>> holds) {
    return new Asked(new JsonObject().put("recent", trait).put("within", "P" + days + "D"), holds);
  }

  private static JsonObject trait(String key, String comparison, String value, String type) {
    return new JsonObject()
        .put("trait", key)
        .put("comparison", comparison)
        .put("value", value)
        .put("type", type);
  }

  private long lately(List<Told> rows, String type, int days) {
    return rows.stream().filter(row -> row.type.equals(type) && isYounger(row, days)).count();
  }

  private boolean isYounger(Told row, int days) {
    return Duration.between(row.time, line.clock.instant()).toDays() < days;
  }

  private static int visitor(List<Told> rows) {
    return rows.getFirst().visitor;
  }

  private Set<Integer> present() {
    return byHand(_ -> true);
  }

  private Set<Integer> byHand(Predicate<List<Told>> holds) {
    return IntStream.range(0, VISITORS)
        .filter(
            visitor -> {
              List<Told> rows = told.stream().filter(it -> it.visitor == visitor).toList();
              return !rows.isEmpty() && holds.test(rows);
            })
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private int count(JsonObject condition) {
    HttpResponse<String> answer =
        line.ask("/api/v1/segments/preview", new JsonObject().put("condition", condition));
    assertEquals(200, answer.statusCode(), answer.body());
    JsonObject count = new JsonObject(answer.body()).getJsonObject("count");
    assertTrue(count.getBoolean("exact"));
    return count.getInteger("value");
  }

  private String make(JsonObject condition) {
    JsonObject segment =
        new JsonObject()
            .put("name", new JsonObject().put("en", "Asked"))
            .put("condition", condition);
    HttpResponse<String> made = line.ask("/api/v1/segments", segment);
    assertEquals(201, made.statusCode(), made.body());
    return new JsonObject(made.body()).getString("id");
  }

  private void awaitMembers(String segment, Asked asked) {
    Set<Integer> expected = byHand(asked.holds);
    Line.until(
        expected + " in " + asked.condition.encode(), () -> members(segment).equals(expected));
  }

  private Set<Integer> members(String segment) {
    return line.items("/api/v1/profiles?limit=200&segment=" + segment).stream()
        .map(
            person ->
                person
                    .getJsonObject("identifiers")
                    .getJsonArray("visitorId")
                    .getString(0)
                    .replaceFirst("^0+(?=.)", ""))
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is of today comes from a page, all else from a shop that knows the visitor. */
  private void tell(int visitor, String type, Duration ago) {
    String what =
        switch (type) {
          case "page_view" -> PAGES.get(random.nextInt(PAGES.size()));
          case "search" -> SEARCHES.get(random.nextInt(SEARCHES.size()));
          default -> CATEGORIES.get(random.nextInt(CATEGORIES.size()));
        };
    Instant time = line.clock.instant().minus(ago);
    told.add(new Told(visitor, type, time, Map.of("what", what)));
    JsonObject goods =
        new JsonObject()
            .put("product", "P-" + what)
            .put("category", what)
            .put("brand", "B " + what);
    JsonObject properties =
        switch (type) {
          case "page_view" ->
              new JsonObject().put("url", SITE + what + "?utm_a=b").put("title", what + " – shop");
          case "search" -> new JsonObject().put("url", SITE + "/").put("query", what);
          case "order" -> new JsonObject().put("lines", JsonArray.of(goods));
          default -> goods.put("url", SITE + "/");
        };
    if (ago.isZero() && !type.equals("order")) {
      visit(visitor, type, properties);
      return;
    }
    JsonObject identifiers = new JsonObject().put("visitorId", number(visitor));
    if (isKnown(visitor)) {
      identifiers.put("userId", "user-" + visitor);
    }
    line.tell(
        new JsonObject()
            .put("id", "told-" + told.size())
            .put("type", type)
            .put("time", time.toString())
            .put("identifiers", identifiers)
            .put("properties", properties));
  }

  /** Whether the shop knows an account of the visitor. */
  private boolean isKnown(int visitor) {
    return visitor % 3 == 2
        && told.stream().anyMatch(it -> it.visitor == visitor && !isOfThePage(it));
  }

  private boolean isOfThePage(Told it) {
    return it.time.equals(line.clock.instant()) && !it.type.equals("order");
  }

  private void visit(int visitor, String type, JsonObject properties) {
    JsonObject body =
        new JsonObject()
            .put("id", "%032x".formatted(told.size()))
            .put("visitor", number(visitor))
            .put("type", type)
            .put("properties", properties);
    HttpResponse<String> answer =
        line.send(
            HttpRequest.newBuilder(line.url("/e"))
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())),
            "Origin",
            SITE,
            "Content-Type",
            "text/plain;charset=UTF-8");
    assertEquals(202, answer.statusCode(), answer.body());
  }

  /** In digits that are hexadecimal ones too. */
  private static String number(int visitor) {
    return "%032d".formatted(visitor);
  }
}
