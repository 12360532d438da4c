package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.FileImports.mapping;
import static soloist.dist.FileImports.order;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import leaves behind, and how it ends otherwise than planned. */
class ImportLifeIT {
  private static final JsonObject NOTHING = new JsonObject();
  private static final String ORDERS = "email,number,when,total,currency\n";
  private static final JsonObject ORDER_MAPPING =
      mapping("orders", "email", "order.id", "order.time", "order.total", "order.currency");

  @TempDir Path folder;
  private Line line;
  private FileImports files;

  private void open(Line opened) {
    line = opened;
    files = new FileImports(line);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void anUndoneImportIsGoneButForTheMailsItLedToAndCanBeBroughtInAgain() throws IOException {
    open(Line.withStoreInside(folder));
    line.customer("ada").isThanked();
    String portrait = line.customer("ada").portrait().encode();
    line.advance(Duration.ofMinutes(5));
    String customers =
        "email,city\nada@example.com,London\nbea@example.com,Oslo\ncea@example.com,Rome\n";
    JsonObject order =
        order(mapping("customers", "email", "trait:city"))
            .put(
                "consent",
                new JsonObject()
                    .put("purpose", "marketing")
                    .put("source", "paper form")
                    .put("at", line.clock.instant().minusSeconds(60).toString()));

    JsonObject file = files.bringIn("customers.csv", customers, order);

    line.settle();
    assertEquals("London", line.customer("ada").trait("city").getString("value"));
    assertTrue(file.getJsonObject("backup").getBoolean("made"), file.encode());
    Path backup = Path.of(file.getJsonObject("backup").getString("file"));
    assertTrue(backup.toString().endsWith("-before-import.soloist"), backup.toString());
    assertEquals(backup.toString(), line.items("/api/v1/backups").getFirst().getString("file"));
    assertFalse(Files.exists(upload(file)));
    assertEquals("import-file-changed", files.refusal(file, "preview", order));
    // One of them buys, and is thanked because of the consent that came with the file.
    Customer bea = line.customer("bea");
    bea.orders("later");
    bea.awaitMessage("thanks", "sent");
    assertEquals(3, line.json("/api/v1/status").getJsonObject("counts").getInteger("profiles"));

    JsonObject undo = files.await(file, "undo", NOTHING);

    assertEquals("done", undo.getString("state"), undo.encode());
    assertEquals(3, undo.getJsonObject("result").getInteger("people"));
    assertEquals(1, undo.getJsonObject("result").getInteger("messages"));
    assertEquals("undone", files.now(file).getString("state"));
    assertEquals("undone", line.items("/api/v1/imports").getFirst().getString("state"));
    assertEquals(portrait, line.customer("ada").portrait().encode());
    assertTrue(bea.portrait().getJsonArray("consents").isEmpty(), bea.portrait().encode());
    assertEquals(1, bea.happened("order"));
    assertEquals(0, bea.happened("traits"));
    assertTrue(line.customer("cea").found().isEmpty());
    assertEquals(2, line.items("/api/v1/profiles").size());
    assertEquals(2, line.json("/api/v1/profiles").getJsonObject("total").getInteger("value"));
    assertEquals(2, line.json("/api/v1/status").getJsonObject("counts").getInteger("profiles"));
    assertEquals("import-not-undoable", files.refusal(file, "undo", NOTHING));
    assertEquals("import-not-resumable", files.refusal(file, "resume", NOTHING));

    line.restart();
    JsonObject again = files.bringIn("customers.csv", customers, order);

    line.settle();
    assertEquals(3, again.getJsonObject("counts").getInteger("customers"), again.encode());
    assertEquals(0, again.getJsonObject("counts").getInteger("duplicates"));
    assertEquals("Rome", line.customer("cea").trait("city").getString("value"));
    assertEquals(3, line.items("/api/v1/profiles").size());
    assertEquals(1, bea.mails().size());
    // A file of which nothing is taken leaves no rows, so what was backed up before has them all.
    files.bringIn("broken.csv", "email,city\nnobody,Bonn\n", order);
    JsonObject none = files.bringIn("broken.csv", "email,city\nnobody,Ulm\n", order);
    assertEquals("recent", none.getJsonObject("backup").getString("reason"), none.encode());
  }

  @Test
  void newsStartCampaignsOnceForWhomItIsNewsHoweverOftenTheRunIsCutOff() {
    open(Line.open(folder));
    Instant now = line.clock.instant().truncatedTo(ChronoUnit.SECONDS);
    StringBuilder orders = new StringBuilder(ORDERS);
    for (int i = 0; i < 20; i++) {
      Instant when = i < 10 ? now : now.minus(Duration.ofDays(3));
      orders.append("n" + i + "@example.com,N-" + i + "," + when + ",10,EUR\n");
      line.customer("n" + i).agrees("consent");
    }
    line.settle();
    JsonObject file = files.upload("news.csv", orders.toString());

    JsonObject job = files.begin(file, "start", order(ORDER_MAPPING).put("startsCampaigns", true));
    line.order("/api/v1/jobs/" + job.getString("id") + "/cancel");
    String state = files.ended(job).getString("state");

    assertTrue(List.of("cancelled", "done").contains(state), state);
    if (state.equals("cancelled")) {
      assertEquals("cancelled", files.now(file).getString("state"));
      assertEquals("done", files.await(file, "resume", NOTHING).getString("state"));
    }
    line.settle();
    for (int i = 0; i < 20; i++) {
      Customer customer = line.customer("n" + i);
      assertEquals(i < 10 ? 1 : 0, customer.mails().size(), customer.name());
      assertEquals(1, customer.happened("order"));
    }
    assertEquals("elsewhere", files.now(file).getJsonObject("backup").getString("reason"));
  }

  @Test
  void productsAreLookedAtAgainBroughtInAndGoBack() {
    open(Line.open(folder));
    JsonObject mapping =
        mapping("products", "product.id", "product.name", "product.price", "product.currency");
    files.bringIn(
        "old.csv", "id,name,price,currency\ntea,Tea,5,EUR\ncup,Cup,9,EUR\n", order(mapping));
    line.advance(Duration.ofHours(1));
    JsonObject file =
        files.upload(
            "new.csv", "id|name|price|currency\ntea|Green tea, loose|6|EUR\npot|Pot, big|20|EUR\n");
    JsonObject commas = new JsonObject().put("settings", new JsonObject().put("delimiter", ","));
    JsonObject bars = new JsonObject().put("settings", new JsonObject().put("delimiter", "|"));

    assertEquals(200, files.ask(file, "survey", commas).statusCode());
    int asCommas = fields(file);
    assertEquals(200, files.ask(file, "survey", bars).statusCode());

    assertTrue(asCommas != fields(file), asCommas + " fields");
    JsonObject job = files.await(file, "start", order(mapping).mergeIn(bars));
    assertEquals("done", job.getString("state"), job.encode());
    assertEquals(2, files.now(file).getJsonObject("counts").getInteger("products"));
    assertEquals("Green tea, loose", product("tea").getString("name"));
    assertEquals("Pot, big", product("pot").getString("name"));

    JsonObject undo = files.await(file, "undo", NOTHING);

    assertEquals(2, undo.getJsonObject("result").getInteger("products"), undo.encode());
    assertEquals("Tea", product("tea").getString("name"));
    assertEquals("Cup", product("cup").getString("name"));
    assertEquals(2, line.stored("products").countDocuments());
  }

  @Test
  void aFileThatIsNotTheOneThatWasLookedAtIsRefused() throws IOException {
    open(Line.open(folder));
    JsonObject file =
        files.upload("orders.csv", ORDERS + "ada@example.com,1,2026-01-01T00:00:00Z,5,EUR\n");
    Files.writeString(upload(file), ORDERS + "ada@example.com,1,2026-01-01T00:00:00Z,9,EUR\n");

    assertEquals("import-file-changed", files.refusal(file, "start", order(ORDER_MAPPING)));

    assertEquals("draft", files.now(file).getString("state"));
    assertEquals(0, line.stored("profiles").countDocuments());
    line.advance(Duration.ofDays(8));
    files.upload("another.csv", ORDERS);
    assertFalse(Files.exists(upload(file)));
  }

  @Test
  void anImportIsInterruptedByTheServersEndAndGoesOn() {
    open(Line.open(folder));
    int rows = 5_000;
    StringBuilder orders = new StringBuilder(ORDERS);
    for (int i = 0; i < rows; i++) {
      orders.append("p" + i % 40 + "@example.com,P-" + i + ",2024-01-02T03:04:05Z,1,EUR\n");
    }
    JsonObject file = files.upload("orders.csv", orders.toString());
    files.begin(file, "start", order(ORDER_MAPPING));
    Line.until(
        "some rows", () -> files.now(file).getJsonObject("counts").getInteger("records") > 0);

    line.restart();

    assertEquals("interrupted", files.now(file).getString("state"), "it was done too early");
    assertEquals("done", files.await(file, "resume", NOTHING).getString("state"));
    assertEquals(rows, files.now(file).getJsonObject("counts").getInteger("orders"));
    assertEquals(rows, line.stored("events").countDocuments(new Document("type", "order")));
  }

  @Test
  void anOrderKeepsTheLinesThatARowMayHoldAndTheRestIsCounted() {
    open(Line.open(folder));
    StringBuilder orders = new StringBuilder("email,number,when,product,name,price,currency\n");
    for (int i = 0; i < 60; i++) {
      orders.append("ada@example.com,S,2024-01-02T03:04:05Z,p" + i + ",Thing,1,EUR\n");
    }
    for (int i = 0; i < 700; i++) {
      orders.append(
          "bea@example.com,L,2024-01-02T03:04:05Z,p" + i + ",Thing " + "x".repeat(60) + ",1,EUR\n");
    }

    JsonObject file =
        files.bringIn(
            "orders.csv",
            orders.toString(),
            order(
                mapping(
                    "orders",
                    "email",
                    "order.id",
                    "order.time",
                    "line.product",
                    "line.name",
                    "line.price",
                    "order.currency")));

    files.awaitRows(2);
    assertEquals(60, lines("ada"));
    assertTrue(lines("bea") > 300, "lines " + lines("bea"));
    assertEquals(
        700 - lines("bea"), file.getJsonObject("counts").getInteger("linesLeftOut"), file.encode());
    assertEquals(700.0, line.customer("bea").trait("spent_EUR").getDouble("value"));
  }

  private int lines(String name) {
    return line.customer(name)
        .timeline()
        .getFirst()
        .getJsonObject("properties")
        .getJsonArray("lines")
        .size();
  }

  private int fields(JsonObject file) {
    return files.now(file).getJsonObject("survey").getJsonArray("fields").size();
  }

  private Document product(String id) {
    return line.stored("products").find(new Document("_id", id)).first();
  }

  private Path upload(JsonObject file) {
    return line.home().resolve("uploads").resolve(file.getString("id"));
  }
}
