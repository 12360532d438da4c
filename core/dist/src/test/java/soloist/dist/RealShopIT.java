package soloist.dist;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;
import soloist.testkit.Eventually;
import soloist.testkit.ManualClock;

/**
 * Years of whole shops, from the file to the letter that wins customers back. The real ones lie
 * beside the repository or where {@code -Dsoloist.data} says; who is to be written to comes from a
 * computation elsewhere ({@code shops/members.py}).
 */
class RealShopIT {
  private static final Path DATA =
      Path.of(System.getProperty("soloist.data", "../../../shared/data"));

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int ORDERS = 5;
  private static final int QUIET = 120;

  @TempDir Path folder;

  /** What the test itself adds up of one customer. */
  private static final class Buyer {
    final Map<String, Instant> orders = new TreeMap<>();
    final Set<String> returns = new TreeSet<>();
    BigDecimal spent = BigDecimal.ZERO;

    Instant last() {
      return Collections.max(orders.values());
    }

    boolean isQuiet(Instant today, int atLeast) {
      return orders.size() >= atLeast
          && orders.values().stream()
              .noneMatch(time -> time.isAfter(today.minus(Duration.ofDays(QUIET))));
    }
  }

  /** The file of a shop as it is written, row by row. */
  private static final class Shop {
    final StringBuilder file =
        new StringBuilder("email,invoice,when,product,quantity,price,currency\n");
    final Map<String, Buyer> buyers = new TreeMap<>();
    final String currency;
    int lines;

    Shop(String currency) {
      this.currency = currency;
    }

    /** Adds a line of an order; nobody is one without a customer. */
    void sell(
        String customer,
        String invoice,
        Instant time,
        String product,
        String quantity,
        String price) {
      String email = customer.isEmpty() ? "" : "c" + customer + "@example.test";
      file.append(
          String.join(",", email, invoice, time.toString(), product, quantity, price, currency)
              + "\n");
      lines++;
      if (!customer.isEmpty()) {
        Buyer buyer = buyers.computeIfAbsent(email, _ -> new Buyer());
        buyer.spent = buyer.spent.add(new BigDecimal(quantity).multiply(new BigDecimal(price)));
        if (invoice.startsWith("C")) {
          buyer.returns.add(invoice);
        } else {
          buyer.orders.merge(invoice, time, (one, other) -> one.isBefore(other) ? one : other);
        }
      }
    }

    /** A measure of those who have ordered. */
    Map<String, Double> measured(ToDoubleFunction<Buyer> measure) {
      Map<String, Double> measured = new TreeMap<>();
      buyers.forEach(
          (email, buyer) -> {
            if (!buyer.orders.isEmpty()) {
              measured.put(email, measure.applyAsDouble(buyer));
            }
          });
      return measured;
    }

    double mean(ToDoubleFunction<Buyer> measure) {
      return measured(measure).values().stream().mapToDouble(each -> each).average().orElseThrow();
    }

    Set<String> quiet(Instant today, int atLeast) {
      return buyers.entrySet().stream()
          .filter(each -> each.getValue().isQuiet(today, atLeast))
          .map(Map.Entry::getKey)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void aMadeUpShopWinsItsCustomersBack() throws IOException {
    Instant today = Instant.parse("2026-03-01T00:00:00Z");
    Random random = new Random(11);
    Shop shop = new Shop("EUR");
    for (int customer = 0; customer < 400; customer++) {
      int orders = 1 + random.nextInt(9);
      Instant first = today.minus(Duration.ofDays(200 + random.nextInt(400)));
      for (int order = 0; order < orders; order++) {
        Instant time = first.plus(Duration.ofHours(random.nextInt(24 * 180)));
        String invoice = (order > 4 && random.nextInt(6) == 0 ? "C" : "") + customer + "-" + order;
        for (int line = 0; line <= random.nextInt(4); line++) {
          String quantity = (invoice.startsWith("C") ? "-" : "") + (1 + random.nextInt(5));
          shop.sell(
              Integer.toString(customer),
              invoice,
              time,
              "P" + random.nextInt(40),
              quantity,
              BigDecimal.valueOf(100 + random.nextInt(5_000), 2).toPlainString());
        }
      }
      if (customer % 50 == 0) {
        shop.sell("", "X" + customer, first, "P1", "1", "5.00");
      }
    }

    wonBack(shop, today, shop.quiet(today, ORDERS));
  }

  @Test
  void cdnow() throws IOException {
    Path sample = DATA.resolve("CDNOW_sample.txt");
    assumeTrue(Files.exists(sample), "CDNOW is not there: " + sample);
    Shop shop = new Shop("USD");
    List<String> rows = Files.readAllLines(sample);
    for (int row = 0; row < rows.size(); row++) {
      String[] cells = rows.get(row).trim().split(" +", -1);
      Instant day =
          LocalDate.parse(cells[2], DateTimeFormatter.BASIC_ISO_DATE)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
      shop.sell(cells[0], cells[0] + "-" + cells[2] + "-" + row, day, "CD", "1", cells[4]);
    }
    assertEquals(2_357, shop.buyers.size());
    assertEquals(0, new BigDecimal("244091.94").compareTo(spent(shop)));
    // Recency, frequency and money of these customers as R and Python have them.
    LocalDate day = LocalDate.of(1998, 7, 1);
    assertEquals(372.56385235468815, shop.mean(buyer -> days(buyer, day)), 1e-9);
    assertEquals(2.9355112431056427, shop.mean(buyer -> buyer.orders.size()), 1e-9);
    assertEquals(103.56043275350021, shop.mean(buyer -> buyer.spent.doubleValue()), 1e-9);

    wonBack(shop, Instant.parse("1998-07-01T00:00:00Z"), named("cdnow.txt"));
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "half a million rows of a real shop are brought in")
  void onlineRetail() throws IOException {
    Path months = DATA.resolve("online_retail");
    assumeTrue(Files.isDirectory(months), "Online Retail is not there: " + months);
    Shop shop = new Shop("GBP");
    for (Path month : sorted(months)) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(month));
          BufferedReader rows =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        requireNonNull(rows.readLine(), "a heading");
        rows.lines().map(row -> row.split(",", -1)).forEach(row -> retail(shop, row));
      }
    }
    assertEquals(541_909 - 2_517, shop.lines, "rows with a price");
    assertEquals(18_532, shop.buyers.values().stream().mapToInt(each -> each.orders.size()).sum());
    LocalDate day = LocalDate.of(2011, 12, 10);
    assertEquals(4_338, shop.measured(buyer -> 0).size());
    assertEquals(93.05947441217151, shop.mean(buyer -> days(buyer, day)), 1e-9);
    assertEquals(4.272014753342554, shop.mean(buyer -> buyer.orders.size()), 1e-9);

    wonBack(shop, Instant.parse("2011-12-10T00:00:00Z"), named("online-retail.txt"));
  }

  private static long days(Buyer buyer, LocalDate today) {
    return ChronoUnit.DAYS.between(buyer.last().atZone(ZoneOffset.UTC).toLocalDate(), today);
  }

  /** Gifts and corrections at no price are no sale. */
  private static void retail(Shop shop, String[] row) {
    if (new BigDecimal(row[4]).signum() > 0) {
      Instant time = Instant.parse(row[3].replace(' ', 'T') + "Z");
      shop.sell(row[5], row[0], time, row[1], row[2], row[4]);
    }
  }

  private static List<Path> sorted(Path months) throws IOException {
    try (Stream<Path> files = Files.list(months)) {
      return files.filter(file -> file.getFileName().toString().startsWith("20")).sorted().toList();
    }
  }

  private static Set<String> named(String list) throws IOException {
    try (InputStream in = requireNonNull(RealShopIT.class.getResourceAsStream("/shops/" + list))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(customer -> "c" + customer + "@example.test")
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static BigDecimal spent(Shop shop) {
    return shop.buyers.values().stream()
        .map(each -> each.spent)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void wonBack(Shop shop, Instant today, Set<String> members) throws IOException {
    try (Line line = Line.withStoreInside(folder, new ManualClock(today))) {
      bringIn(line, shop, today);
      assertPortraits(line, shop);
      assertScores(line, shop, today);
      OwnCampaign back =
          OwnCampaign.of(
              line, "win-back", new JsonObject().put("orders", ORDERS).put("quiet", QUIET));
      back.write("We miss you", "Still there");

      activate(line, back, members.size());

      assertEquals(List.copyOf(members), written(line));
      assertEquals(members, members(line, back.id()));

      Set<String> all = shop.quiet(today, 1);
      assertTrue(all.size() > 200, "too few to be held");
      OwnCampaign everybody =
          OwnCampaign.of(line, "win-back", new JsonObject().put("orders", 1).put("quiet", QUIET));
      everybody.write("We miss you all", "Still there");
      activate(line, everybody, all.size());
      assertEquals(List.copyOf(members), written(line), "held");
      JsonObject wave = line.items("/api/v1/waves").getFirst();
      assertEquals(all.size(), wave.getInteger("waiting"), wave.encode());

      line.order("/api/v1/waves/" + wave.getString("id") + "/release");

      Eventually.until(LONGEST, "rest", line.soloist()::isIdle);
      List<String> twice = new ArrayList<>(members);
      twice.addAll(all);
      assertEquals(twice.stream().sorted().toList(), written(line));
    }
  }

  /** Lets in those who are in the segment already, too. */
  private static void activate(Line line, OwnCampaign campaign, int members) {
    campaign.act("activate", new JsonObject().put("alsoThoseIn", true).put("confirm", members));
    Eventually.until(
        LONGEST,
        "the walks",
        () ->
            Line.objects(campaign.told().getJsonArray("walks")).stream()
                .allMatch(walk -> walk.getBoolean("ended")));
    Eventually.until(LONGEST, "rest", line.soloist()::isIdle);
  }

  private static List<String> written(Line line) {
    return line.ledger().entries().stream().map(Delivered::recipient).sorted().toList();
  }

  private void bringIn(Line line, Shop shop, Instant today) throws IOException {
    Path file = folder.resolve("orders.csv");
    Files.writeString(file, shop.file);
    HttpResponse<String> uploaded =
        line.send(
            HttpRequest.newBuilder(line.url("/api/v1/imports?plugin=connector-csv&name=orders.csv"))
                .POST(HttpRequest.BodyPublishers.ofFile(file)),
            "Content-Type",
            "application/octet-stream");
    assertEquals(201, uploaded.statusCode(), uploaded.body());
    FileImports files = new FileImports(line);
    JsonObject uploadedFile = new JsonObject(uploaded.body());
    JsonObject order =
        FileImports.order(
                FileImports.mapping(
                    "orders",
                    "email",
                    "order.id",
                    "order.time",
                    "line.product",
                    "line.quantity",
                    "line.price",
                    "order.currency"))
            .put(
                "consent",
                new JsonObject()
                    .put("purpose", "marketing")
                    .put("source", "the shop's terms")
                    .put("at", today.minus(Duration.ofDays(1)).toString()));

    JsonObject job = files.begin(uploadedFile, "start", order);
    String path = "/api/v1/jobs/" + job.getString("id");
    Eventually.until(
        LONGEST, "the import", () -> !line.json(path).getString("state").equals("running"));

    assertEquals("done", line.json(path).getString("state"), () -> line.json(path).encode());
    JsonObject counts = files.now(uploadedFile).getJsonObject("counts");
    assertEquals(0, counts.getInteger("rejected"), counts.encode());
    Eventually.until(LONGEST, "rest", line.soloist()::isIdle);
  }

  private static void assertPortraits(Line line, Shop shop) {
    Map<String, String> expected = new TreeMap<>();
    shop.buyers.forEach(
        (email, buyer) ->
            expected.put(
                email,
                buyer.orders.size()
                    + " orders, "
                    + buyer.returns.size()
                    + " returns, "
                    + buyer.spent.stripTrailingZeros().toPlainString()
                    + ", last "
                    + buyer.orders.values().stream()
                        .max(Instant::compareTo)
                        .map(Instant::toString)
                        .orElse("never")));
    Map<String, String> portraits = new TreeMap<>();
    Eventually.until(
        LONGEST,
        "everybody",
        () ->
            line.json("/api/v1/profiles?limit=1").getJsonObject("total").getInteger("value")
                == expected.size());
    new Owner(line)
        .people()
        .forEach(
            (email, person) ->
                portraits.put(email, said(person.getJsonObject("traits"), shop.currency)));

    assertEquals(expected, portraits);
  }

  /** Recency, frequency and money, each by its fifth of all who have ordered. */
  private static void assertScores(Line line, Shop shop, Instant today) {
    Map<String, Integer> recency =
        Fifths.of(shop.measured(buyer -> -Duration.between(buyer.last(), today).toDays()));
    Map<String, Integer> frequency = Fifths.of(shop.measured(buyer -> buyer.orders.size()));
    Map<String, Integer> money = Fifths.of(shop.measured(buyer -> buyer.spent.doubleValue()));
    Map<String, List<Integer>> expected = new TreeMap<>();
    recency.forEach(
        (email, score) ->
            expected.put(email, List.of(score, frequency.get(email), money.get(email))));
    Owner owner = new Owner(line);
    owner.configure("rfm", "profiler-value", new JsonObject().put("currency", shop.currency));

    JsonObject job = owner.run("rfm", new JsonObject());

    assertEquals("done", job.getString("state"), job.encode());
    Eventually.until(LONGEST, "rest", line.soloist()::isIdle);
    Map<String, List<Integer>> scores = new TreeMap<>();
    owner
        .people()
        .forEach(
            (email, person) -> {
              JsonObject traits = person.getJsonObject("traits");
              if (traits.containsKey("rfm_recency")) {
                scores.put(
                    email,
                    List.of(
                        traits.getInteger("rfm_recency"),
                        traits.getInteger("rfm_frequency"),
                        traits.getInteger("rfm_monetary")));
              }
            });
    assertEquals(expected, scores);
  }

  private static String said(JsonObject traits, String currency) {
    BigDecimal spent = new BigDecimal(traits.getValue("spent_" + currency, 0).toString());
    return traits.getInteger("orders", 0)
        + " orders, "
        + traits.getInteger("returns", 0)
        + " returns, "
        + spent.stripTrailingZeros().toPlainString()
        + ", last "
        + traits.getString("last_order", "never");
  }

  private static Set<String> members(Line line, String segment) {
    Set<String> members = new TreeSet<>();
    String cursor = "";
    while (cursor != null) {
      JsonObject page =
          line.json(
              "/api/v1/profiles?limit=200&segment="
                  + segment
                  + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      for (JsonObject person : Line.objects(page.getJsonArray("items"))) {
        JsonArray email = person.getJsonObject("identifiers").getJsonArray("email");
        members.add(email.getString(0));
      }
      cursor = page.getString("nextCursor");
    }
    return members;
  }
}
