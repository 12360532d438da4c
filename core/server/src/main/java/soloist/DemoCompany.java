package soloist;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A small tea shop with customers in two languages: who they are, whether they agreed to mail, what
 * they ordered and when. The same number of orders and seed give the same company.
 */
final class DemoCompany {
  private static final List<String> NAMES =
      List.of(
          "Ada", "王芳", "Ben", "李娜", "Clara", "张伟", "David", "刘洋", "Emma", "陈静", "Felix", "杨帆",
          "Grace", "赵磊", "Hugo", "黄丽", "Iris", "周杰", "Jonas", "吴敏");
  private static final List<String> PRODUCTS =
      List.of(
          "Longjing 龙井", "Darjeeling", "Tieguanyin 铁观音", "Teapot", "Pu'er 普洱", "Sencha", "Tea tin");

  private final int orders;
  private final long seed;
  private final Instant now;

  /**
   * @param orders 1 or more
   * @param now the instant that the newest orders are near
   */
  DemoCompany(int orders, long seed, Instant now) {
    this.orders = orders;
    this.seed = seed;
    this.now = now;
  }

  /** What the first start of a demo is filled in with; the page makes up a passphrase. */
  static JsonObject owner() {
    return new JsonObject()
        .put("isDemo", true)
        .put("email", "owner@tea.example")
        .put("sender", "Tea shop")
        .put("postalAddress", "1 Leaf Lane, 20457 Hamburg");
  }

  /** The events of each customer, in the order in which they are told: one list a customer. */
  List<List<JsonObject>> customers() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int count = Math.max(1, orders * 2 / 5);
    List<List<JsonObject>> customers = new ArrayList<>();
    for (int customer = 0; customer < count; customer++) {
      customers.add(introduction(customer, customer == 0 || random.nextInt(100) < 85));
    }
    for (int order = 0; order < orders; order++) {
      int customer = order < count ? order : (int) (count * Math.pow(random.nextDouble(), 2));
      customers
          .get(customer)
          .add(order(order, customer, order == 0 ? Duration.ofMinutes(5) : age(random), random));
    }
    return customers;
  }

  private List<JsonObject> introduction(int customer, boolean agreed) {
    List<JsonObject> events = new ArrayList<>();
    events.add(
        event(customer, "traits", "who-" + customer, Duration.ofDays(400))
            .put(
                "properties",
                new JsonObject()
                    .put("first_name", NAMES.get(customer % NAMES.size()))
                    .put("language", isChinese(customer) ? "zh-CN" : "en")));
    if (agreed) {
      events.add(
          event(customer, "consent", "consent-" + customer, Duration.ofDays(390))
              .put(
                  "properties",
                  new JsonObject()
                      .put("purpose", "marketing")
                      .put("granted", true)
                      .put("source", "checkout")));
    }
    return events;
  }

  private JsonObject order(int order, int customer, Duration age, RandomGenerator random) {
    int pieces = 1 + random.nextInt(4);
    BigDecimal price = BigDecimal.valueOf(490 + random.nextInt(6_000), 2);
    BigDecimal total = price.multiply(BigDecimal.valueOf(pieces));
    String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
    JsonObject line =
        new JsonObject()
            .put("product", product)
            .put("category", product.startsWith("Tea") ? "Teaware" : "Tea")
            .put("quantity", pieces)
            .put("price", price.toPlainString());
    return event(customer, "order", "order-" + order, age)
        .put(
            "properties",
            new JsonObject()
                .put("orderId", "T-" + (1000 + order))
                .put("total", total.toPlainString())
                .put("currency", isChinese(customer) ? "CNY" : "EUR")
                .put("lines", new io.vertx.core.json.JsonArray().add(line)));
  }

  /** Most orders are of today; some are weeks, some many months old. */
  private static Duration age(RandomGenerator random) {
    int kind = random.nextInt(100);
    if (kind < 60) {
      return Duration.ofMinutes(10 + random.nextInt(20 * 60));
    }
    return kind < 85
        ? Duration.ofHours(48 + random.nextInt(24 * 25))
        : Duration.ofDays(35 + random.nextInt(330));
  }

  private JsonObject event(int customer, String type, String id, Duration age) {
    return new JsonObject()
        .put("id", "demo-" + seed + "-" + id)
        .put("type", type)
        .put("time", now.minus(age).toString())
        .put(
            "identifiers",
            new JsonObject()
                .put("email", "customer" + customer + "@example.com")
                .put("userId", "c-" + customer));
  }

  private static boolean isChinese(int customer) {
    return customer % 2 == 1;
  }
}
