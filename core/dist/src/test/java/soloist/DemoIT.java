package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.config.Config;

/** The demo company against what plain loops over its events say must come out. */
class DemoIT {
  private static final Path SHIPPED = Path.of("target", "soloist");
  private static final int SEED = 11;

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 500})
  void countsWhatPlainLoopsCount(int orders) throws Exception {
    Instant now = Instant.now();
    DemoCompany company = new DemoCompany(orders, SEED, now);

    try (Soloist soloist = Soloist.start(config(), Controls.USUAL)) {
      Map<String, Long> counts = new Demo(soloist).run(company);

      assertEquals(expected(company.customers(), now), counts);
      assertEquals(spent(company.customers()), told(soloist));
    }
  }

  @Test
  void printsOneLineOfJsonAndEndsWellAsAProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + home,
                "-cp",
                SHIPPED.resolve("lib") + "/*",
                "soloist.Main",
                "demo",
                "--once",
                "--json",
                "--orders",
                "7",
                "--seed",
                Integer.toString(SEED))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));

    JsonObject result = new JsonObject(output);
    DemoCompany company = new DemoCompany(7, SEED, Instant.now());
    assertEquals(0, process.exitValue());
    assertEquals(1, output.lines().count());
    try (Stream<Path> left = Files.list(home)) {
      assertEquals(List.of(), left.filter(DemoIT::isOfTheDemo).toList());
    }
    expected(company.customers(), Instant.now())
        .forEach(
            (step, count) ->
                assertEquals(count, result.getJsonObject("steps").getLong(step), step));
  }

  private static boolean isOfTheDemo(Path file) {
    return file.getFileName().toString().startsWith("soloist");
  }

  /** What the rule "thank everybody whose first order in 30 days is of today" comes to. */
  private static Map<String, Long> expected(List<List<JsonObject>> customers, Instant now) {
    long events = 0;
    long doubles = 0;
    long members = 0;
    long decisions = 0;
    long sent = 0;
    long held = 0;
    for (List<JsonObject> told : customers) {
      boolean agreed = false;
      Optional<Duration> entry = Optional.empty();
      for (JsonObject event : told) {
        events++;
        doubles += event.getString("id").hashCode() % 10 == 0 ? 1 : 0;
        agreed |= event.getString("type").equals("consent");
        Duration age = Duration.between(Instant.parse(event.getString("time")), now);
        if (event.getString("type").equals("order") && age.toDays() < 30 && entry.isEmpty()) {
          entry = Optional.of(age);
        }
      }
      if (entry.isPresent()) {
        members++;
        boolean isToday = entry.get().toHours() < 24;
        decisions += isToday ? 3 : 1;
        sent += isToday && agreed ? 1 : 0;
        held += isToday && !agreed ? 1 : 0;
      }
    }
    long opened = (sent + 1) / 2;
    long clicked = (sent + 2) / 3;
    long unsubscribed = sent / 10;
    Map<String, Long> expected = new LinkedHashMap<>();
    expected.put("doubles", doubles);
    expected.put("events", events + opened + clicked + unsubscribed);
    expected.put("profiles", (long) customers.size());
    expected.put("members", members);
    expected.put("decisions", decisions);
    expected.put("queued", 0L);
    expected.put("sent", sent);
    expected.put("held", held);
    expected.put("refused", 0L);
    expected.put("uncertain", 0L);
    expected.put("opened", opened);
    expected.put("clicked", clicked);
    expected.put("unsubscribed", unsubscribed);
    expected.put("deadRows", 0L);
    expected.put("mails", sent);
    return expected;
  }

  /** Number of orders and money by customer. */
  private static Map<String, String> spent(List<List<JsonObject>> customers) {
    Map<String, String> spent = new TreeMap<>();
    for (List<JsonObject> told : customers) {
      int orders = 0;
      Map<String, BigDecimal> money = new TreeMap<>();
      String email = "";
      for (JsonObject event : told) {
        email = event.getJsonObject("identifiers").getString("email");
        if (event.getString("type").equals("order")) {
          JsonObject order = event.getJsonObject("properties");
          orders++;
          money.merge(
              order.getString("currency"),
              new BigDecimal(order.getString("total")),
              BigDecimal::add);
        }
      }
      spent.put(email, describe(orders, money));
    }
    return spent;
  }

  private static Map<String, String> told(Soloist soloist) throws Exception {
    Map<String, String> told = new TreeMap<>();
    String cursor = "";
    do {
      JsonObject page = get(soloist, "/api/v1/profiles?limit=50" + cursor);
      for (Object item : page.getJsonArray("items")) {
        JsonObject profile = (JsonObject) item;
        JsonObject traits = profile.getJsonObject("traits");
        Map<String, BigDecimal> money = new HashMap<>();
        traits.fieldNames().stream()
            .filter(key -> key.startsWith("spent_"))
            .forEach(
                key ->
                    money.put(key.substring(6), new BigDecimal(traits.getValue(key).toString())));
        String email = profile.getJsonObject("identifiers").getJsonArray("email").getString(0);
        told.put(email, describe(traits.getInteger("orders", 0), new TreeMap<>(money)));
      }
      cursor =
          page.getString("nextCursor") == null ? null : "&cursor=" + page.getString("nextCursor");
    } while (cursor != null);
    return told;
  }

  private static String describe(int orders, Map<String, BigDecimal> money) {
    StringBuilder text = new StringBuilder(orders + " orders");
    money.forEach(
        (currency, sum) ->
            text.append(' ')
                .append(currency)
                .append(' ')
                .append(sum.stripTrailingZeros().toPlainString()));
    return text.toString();
  }

  private static JsonObject get(Soloist soloist, String path) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(soloist.url() + path))
                    .header("Authorization", "Bearer " + soloist.token())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
    return new JsonObject(response.body());
  }

  private Config config() {
    return new Config(
        0,
        home,
        SHIPPED.resolve("plugins"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "Tea shop",
        "hello@tea.example",
        "1 Leaf Lane");
  }
}
