package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.FileImports.mapping;
import static soloist.dist.FileImports.order;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is looked at, tried, and brought in once, however often it is brought. */
class ImportIT {
  private static final String CUSTOMERS =
      """
      email,name,city,age
      ada@example.com,Ada,London,36
      BEA@example.com,Bea,Paris,41
      not-an-address,Cea,Rome,29
      dan@example.com,Dan,=cmd|'x',50
      bea@example.com,Bea,Lyon,41
      """;
  private static final JsonObject CUSTOMER_MAPPING =
      mapping("customers", "email", "trait:name", "trait:city", "trait:age");

  @TempDir Path folder;
  private Line line;
  private FileImports files;

  @BeforeEach
  void open() {
    line = Line.open(folder);
    files = new FileImports(line);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aPreviewCountsWhatAnImportThenDoesAndWritesNothing() {
    line.tell(traits("bea", new JsonObject().put("city", "Oslo").put("name", "Bea")));
    line.settle();
    JsonObject file = files.upload("customers.csv", CUSTOMERS);
    // What is told after the file came is newer than the file.
    line.advance(Duration.ofMinutes(1));
    line.tell(traits("dan", new JsonObject().put("name", "Daniel")));
    line.settle();
    long rows = line.stored("events").countDocuments();

    JsonObject result =
        files.await(file, "preview", order(CUSTOMER_MAPPING)).getJsonObject("result");

    JsonObject counts = result.getJsonObject("counts");
    assertEquals(5, counts.getInteger("records"));
    assertEquals(1, counts.getInteger("rejected"));
    assertEquals(1, counts.getInteger("newPeople"));
    assertEquals(2, counts.getInteger("changedPeople"));
    assertEquals(1, counts.getInteger("conflicts"));
    JsonObject samples = result.getJsonObject("samples");
    JsonObject conflict = samples.getJsonArray("conflicts").getJsonObject(0);
    assertEquals("Daniel", conflict.getString("old"));
    assertEquals("Dan", conflict.getString("new"));
    JsonObject change = samples.getJsonArray("changedPeople").getJsonObject(0);
    assertEquals("Oslo", change.getString("old"));
    assertEquals("Paris", change.getString("new"));
    assertEquals(rows, line.stored("events").countDocuments());
    assertEquals(2, line.stored("profiles").countDocuments());
    assertEquals(2, line.stored("identifiers").countDocuments());

    JsonObject job = files.await(file, "start", order(CUSTOMER_MAPPING));

    assertEquals("done", job.getString("state"), job.encode());
    files.awaitRows(4);
    assertEquals("Lyon", line.customer("bea").trait("city").getString("value"));
    assertEquals("Daniel", line.customer("dan").trait("name").getString("value"));
    assertEquals("=cmd|'x'", line.customer("dan").trait("city").getString("value"));
    assertEquals(3, line.stored("profiles").countDocuments());
  }

  @Test
  void refusedRowsComeBackWithNumberAndReasonAndNoFormula() {
    JsonObject file =
        files.bringIn(
            "customers.csv", CUSTOMERS + "=HYPERLINK(1),Eve,Kiel,20\n", order(CUSTOMER_MAPPING));

    HttpResponse<String> english = line.get(FileImports.path(file) + "/rejects");
    HttpResponse<String> chinese =
        line.get(FileImports.path(file) + "/rejects", "Accept-Language", "zh-CN");

    assertEquals(2, file.getJsonObject("counts").getInteger("rejected"));
    assertEquals(4, file.getJsonObject("counts").getInteger("customers"));
    assertTrue(english.headers().firstValue("Content-Type").orElse("").startsWith("text/csv"));
    List<String> lines = english.body().lines().toList();
    assertEquals(3, lines.size(), english.body());
    assertTrue(lines.get(1).startsWith("3,\"email\",\"email-invalid\","), lines.get(1));
    assertTrue(lines.get(2).startsWith("6,"), lines.get(2));
    assertTrue(lines.get(2).contains("\"'=HYPERLINK(1),Eve,Kiel,20"), lines.get(2));
    assertFalse(english.body().equals(chinese.body()));
  }

  @Test
  void theSameFileTwiceChangesNothing() {
    files.bringIn("customers.csv", CUSTOMERS, order(CUSTOMER_MAPPING));
    files.awaitRows(4);
    Map<String, String> before = portraits();
    line.advance(Duration.ofDays(1));

    JsonObject again = files.bringIn("again.csv", CUSTOMERS, order(CUSTOMER_MAPPING));

    assertEquals(4, again.getJsonObject("counts").getInteger("duplicates"));
    assertEquals(0, again.getJsonObject("counts").getInteger("customers"));
    // Told again they stand behind the first four, in case that file is undone.
    assertEquals(4, line.stored("events").countDocuments(new Document("type", "traits")));
    assertEquals(before, portraits());
  }

  @Test
  void ordersAreHistoryAndThoseWithoutABuyerMakeNobody() {
    String now = line.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String orders =
        "email,number,when,product,quantity,price,currency\n"
            + "ada@example.com,1,NOW,tea,2,5.25,EUR\n".replace("NOW", now)
            + "ada@example.com,1,NOW,cup,1,10,EUR\n".replace("NOW", now)
            + ",2,NOW,tea,1,5,EUR\n".replace("NOW", now)
            + "bea@example.com,3,NOW,tea,1,5,EUR\n".replace("NOW", now);
    line.customer("ada").agrees("consent");

    JsonObject file =
        files.bringIn(
            "orders.csv",
            orders,
            order(
                mapping(
                    "orders",
                    "email",
                    "order.id",
                    "order.time",
                    "line.product",
                    "line.quantity",
                    "line.price",
                    "order.currency")));

    JsonObject counts = file.getJsonObject("counts");
    assertEquals(2, counts.getInteger("orders"), counts.encode());
    assertEquals(1, counts.getInteger("ownerless"));
    files.awaitRows(2);
    line.settle();
    Customer ada = line.customer("ada");
    assertEquals(20.5, ada.trait("spent_EUR").getDouble("value"));
    assertEquals(1, ada.happened("order"));
    assertEquals(List.of("recent-buyers"), ada.segments());
    assertEquals(2, line.stored("profiles").countDocuments());
    assertEquals(List.of(), ada.mails());
    // The same order as the shop tells it is no second one.
    assertTrue(
        line.tell(
            new JsonObject()
                .put("id", "order:1")
                .put("type", "order")
                .put("identifiers", new JsonObject().put("email", ada.email()))));
  }

  @Test
  void nobodyHasAgreedUnlessTheOwnerSaysSoAndANoStands() {
    Customer bea = line.customer("bea");
    line.tell(bea.consent("no", false, line.clock.instant().minusSeconds(86_400)));
    Customer dan = line.customer("dan");
    line.send(
        HttpRequest.newBuilder(dan.isThanked().link("/u/").orElseThrow())
            .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")),
        "Content-Type",
        "application/x-www-form-urlencoded");
    Line.until("the event", () -> dan.happened("unsubscribed") == 1);
    line.settle();
    files.bringIn("silent.csv", CUSTOMERS, order(CUSTOMER_MAPPING));
    files.awaitRows(4);
    assertEquals(List.of(), consents(line.customer("ada")));

    JsonObject file =
        files.bringIn(
            "willing.csv",
            CUSTOMERS,
            order(CUSTOMER_MAPPING)
                .put(
                    "consent",
                    new JsonObject()
                        .put("purpose", "newsletter")
                        .put("source", "paper form")
                        .put("at", line.clock.instant().minusSeconds(60).toString())));

    JsonObject counts = file.getJsonObject("counts");
    assertEquals(1, counts.getInteger("consents"), counts.encode());
    assertEquals(3, counts.getInteger("kept"));
    Line.until("the consent", () -> consents(line.customer("ada")).equals(List.of(true)));
    JsonObject consent = line.customer("ada").portrait().getJsonArray("consents").getJsonObject(0);
    assertEquals("paper form", consent.getString("source"));
    assertEquals(List.of(false), consents(bea));
    assertFalse(consents(dan).contains(true));
    dan.orders("later");
    line.settle();
    assertEquals(1, dan.mails().size());
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingIsRead() {
    assertEquals(415, files.send("a.csv", CUSTOMERS, "text/csv").statusCode());
    HttpResponse<String> zip = files.send("a.csv", "PK\u0003\u0004", "application/octet-stream");
    assertEquals(400, zip.statusCode());
    assertTrue(zip.body().contains("import-unreadable"), zip.body());
    String workbook = "PK\u0003\u0004[Content_Types].xml";
    HttpResponse<String> sheet = files.send("a.xlsx", workbook, "application/octet-stream");
    assertTrue(sheet.body().contains("in Excel and WPS by File, Save As"), sheet.body());
    JsonObject file = files.upload("customers.csv", CUSTOMERS);

    HttpResponse<String> another =
        files.ask(
            file,
            "start",
            order(CUSTOMER_MAPPING).put("settings", new JsonObject().put("file", "/etc/passwd")));
    HttpResponse<String> mapped =
        files.ask(file, "preview", order(mapping("customers", "email", "email", "trait:orders")));
    HttpResponse<String> unsure =
        files.ask(
            file,
            "start",
            order(CUSTOMER_MAPPING).put("consent", new JsonObject().put("purpose", "newsletter")));
    HttpResponse<String> resumed = files.ask(file, "resume", new JsonObject());

    assertEquals(400, another.statusCode());
    assertTrue(another.body().contains("import-file"), another.body());
    for (String fault : List.of("import-targets", "import-target-twice", "trait-key")) {
      assertTrue(mapped.body().contains(fault), mapped.body());
    }
    assertEquals(400, unsure.statusCode());
    assertTrue(unsure.body().contains("/consent/at"), unsure.body());
    assertEquals(409, resumed.statusCode());
    assertEquals("draft", line.items("/api/v1/imports").getFirst().getString("state"));
    assertEquals(0, line.stored("profiles").countDocuments());
  }

  private static JsonObject traits(String name, JsonObject traits) {
    return new JsonObject()
        .put("type", "traits")
        .put("identifiers", new JsonObject().put("email", name + "@example.com"))
        .put("properties", traits);
  }

  private static List<Boolean> consents(Customer customer) {
    return Line.objects(customer.portrait().getJsonArray("consents")).stream()
        .map(consent -> consent.getBoolean("granted"))
        .toList();
  }

  private Map<String, String> portraits() {
    Map<String, String> portraits = new TreeMap<>();
    line.items("/api/v1/profiles")
        .forEach(
            each ->
                portraits.put(
                    each.getString("id"),
                    line.json("/api/v1/profiles/" + each.getString("id")).encode()));
    return portraits;
  }
}
