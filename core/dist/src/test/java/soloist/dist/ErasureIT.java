package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's data: a copy of everything, and then nothing any more, wherever one looks. */
class ErasureIT {
  private static final String NAME = "Augusta Byron";
  private static final List<String> SOUGHT =
      List.of(
          "lovelace@example.com",
          "lovelace-work@example.com",
          "user-lovelace",
          NAME,
          "Lovelace-order");

  @TempDir Path folder;
  private Line line;
  private Customer ada;
  private Customer ben;

  @BeforeEach
  void open() {
    line = Line.withoutRelay(folder);
    ada = line.customer("lovelace");
    ben = line.customer("ben");
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void everythingIsHandedOverAndThenNothingIsLeft() throws IOException {
    leaveTraces();
    String id = ada.id();
    String benBefore = ben.portrait().encode();
    long sent = line.stored("outbox").countDocuments(new Document("state", "sent"));

    Map<String, byte[]> archive = unpacked(export(id));

    String all = String.join("\n", archive.values().stream().map(ErasureIT::text).toList());
    line.everythingStored()
        .forEach(
            (name, documents) -> {
              for (Document document : documents) {
                boolean isHers =
                    document.toJson().contains(id)
                        && !List.of("redo", "audit", "jobs").contains(name);
                assertTrue(
                    !isHers || all.contains(String.valueOf(document.get("_id"))),
                    () -> name + " is not in the archive: " + document.toJson());
              }
            });
    assertTrue(archive.keySet().stream().anyMatch(path -> path.endsWith(".eml")), "her mail");
    assertTrue(archive.keySet().stream().anyMatch(path -> path.startsWith("files/")), "her rows");
    assertFalse(all.contains(ben.email()), "somebody else's data");
    assertFalse(found().isEmpty(), "the search finds nothing at all");

    assertEquals(400, line.ask(path(id, "erase"), new JsonObject()).statusCode());
    JsonObject erased = erase(id);
    assertEquals("done", erased.getString("state"), erased.encode());

    assertEquals(List.of(), found());
    assertEquals(404, line.get("/api/v1/profiles/" + id).statusCode());
    assertEquals(
        line.stored("profiles").countDocuments(new Document("segments", "recent-buyers")),
        crossed("entered") - crossed("left"));
    assertEquals(0, line.stored("profiles").countDocuments(new Document("_id", id)));
    assertEquals(benBefore, ben.portrait().encode());
    assertEquals(sent, line.stored("outbox").countDocuments(new Document("state", "sent")));
    assertDense();
    assertEquals(200, line.get("/api/v1/messages").statusCode());

    staysForgotten();
  }

  private long crossed(String how) {
    long crossed = 0;
    for (Document each : line.stored("crossings").find(new Document("segment", "recent-buyers"))) {
      crossed += each.getInteger(how);
    }
    return crossed;
  }

  /** Whoever brings the address in again finds that it is not written to. */
  private void staysForgotten() {
    ada.agrees("consent-again");
    ada.orders("order-again");
    JsonObject message = ada.awaitMessage("thanks", "held");
    assertEquals("suppressed", message.getString("reason"));
    assertEquals(1, ada.happened("order"));
  }

  @Test
  void anErasureThatWasCutOffGoesOnAtTheNextStart() {
    leaveTraces();
    String id = ada.id();
    line.stop();
    Document first =
        line.stored("events")
            .findOneAndDelete(new Document("profileId", id).append("type", "order"));
    Document empty =
        new Document("_id", "erased:" + first.get("partition") + ":live:" + first.get("position"))
            .append("partition", first.get("partition"))
            .append("source", first.get("source"))
            .append("position", first.get("position"))
            .append("profileId", "erased-1")
            .append("otherIds", List.of())
            .append("type", "order")
            .append("time", first.get("time"))
            .append("at", first.get("at"))
            .append("origin", "erased")
            .append("identifiers", new Document())
            .append("properties", new Document());
    line.stored("erasures")
        .insertOne(
            new Document("_id", id)
                .append("beganAt", first.get("at"))
                .append("doneAt", null)
                .append(
                    "who",
                    new Document("profile", id)
                        .append(
                            "identifiers", List.of("email:" + ada.email(), "userId:user-lovelace"))
                        .append("names", List.of(NAME)))
                .append("now", "erased-1")
                .append("rows", List.of(empty)));

    line.go();

    Line.until(
        "the end",
        () -> line.stored("erasures").find(new Document("_id", id)).first().get("doneAt") != null);
    assertEquals(List.of(), found());
    assertDense();
  }

  /**
   * Two accounts of hers are one person, who was taken for ben as well, so that what she did
   * meanwhile was journalled again as his.
   */
  @Test
  void whoWasTakenForSomebodyElseIsForgottenUnderEachIdAndTheOtherStaysAsHeWas()
      throws IOException {
    ben.agrees("first");
    line.advance(Duration.ofMinutes(1));
    leaveTraces();
    line.advance(Duration.ofMinutes(1));
    Customer work = line.customer("lovelace-work");
    work.agrees("consent");
    work.orders("Lovelace-order-at-work");
    work.awaitMessage("thanks", "sent");
    String his = ben.id();
    String hers = ada.id();
    String second = work.id();
    become(work, "merge", hers, second, hers);
    become(ada, "merge", his, hers, his);
    ada.orders("Lovelace-order-as-ben");
    Line.until("her order is his", () -> orders(ben) == 4);
    line.settle();
    assertTrue(isHers(rows(his)), "nothing of hers was moved to him");
    become(ada, "unmerge", his, hers, hers);
    Line.until("what is hers is hers again", () -> orders(ada) == 3 && orders(ben) == 1);
    line.settle();
    JsonObject benBefore = ben.portrait();
    long benRows = ben.timeline().size();

    String all =
        String.join("\n", unpacked(export(hers)).values().stream().map(ErasureIT::text).toList());
    for (String each : SOUGHT) {
      assertTrue(all.contains(each), each + " is not in the archive");
    }
    assertFalse(all.contains(ben.email()), "somebody else's data");

    JsonObject erased = erase(second);

    assertEquals("done", erased.getString("state"), erased.encode());
    assertEquals(List.of(), found());
    assertEquals(404, line.get("/api/v1/profiles/" + hers).statusCode());
    assertEquals(404, line.get("/api/v1/profiles/" + second).statusCode());
    assertEquals(benBefore, ben.portrait());
    assertEquals(benRows, ben.timeline().size());
    assertDense();
  }

  /** Orders it, and waits until a customer is who they then should be. */
  private void become(Customer who, String what, String one, String other, String then) {
    assertEquals(202, line.ask(path(one, what), new JsonObject().put("other", other)).statusCode());
    Line.until(
        "it is so", () -> who.found().map(each -> then.equals(each.getString("id"))).orElse(false));
    line.settle();
  }

  private static int orders(Customer customer) {
    return Line.objects(customer.portrait().getJsonArray("traits")).stream()
        .filter(trait -> trait.getString("key").equals("orders"))
        .mapToInt(trait -> trait.getInteger("value"))
        .findFirst()
        .orElse(0);
  }

  private String rows(String id) {
    StringBuilder rows = new StringBuilder();
    line.stored("events")
        .find(new Document("profileId", id))
        .forEach(row -> rows.append(row.toJson()));
    return rows.toString();
  }

  /** Wherever something of a person may come to lie. */
  private void leaveTraces() {
    line.tell(ada.event("who", "traits", new JsonObject().put("name", NAME)));
    ada.agrees("consent");
    ada.orders("Lovelace-order");
    ben.agrees("consent");
    ben.orders("order");
    ada.awaitMessage("thanks", "sent");
    ben.awaitMessage("thanks", "sent");
    line.settle();
    FileImports files = new FileImports(line);
    JsonObject order =
        FileImports.order(FileImports.mapping("customers", "email", "trait:name", "trait:age"));
    String rows =
        "email,name,age\n"
            + ada.email()
            + ","
            + NAME
            + " King,36\nnobody,LOVELACE@example.com,1\ncleo@example.com,Cleo,7\n";
    JsonObject file = files.upload("customers.csv", rows);
    files.await(file, "preview", order);
    files.await(file, "start", order);
    files.upload("more.csv", rows);
    files.awaitRows(2);
    line.settle();
  }

  private byte[] export(String id) {
    HttpResponse<byte[]> answer =
        line.bytes(
            HttpRequest.newBuilder(line.url(path(id, "export")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  private JsonObject erase(String id) {
    HttpResponse<String> answer =
        line.ask(path(id, "erase"), new JsonObject().put("confirm", "erase"));
    assertEquals(202, answer.statusCode(), answer.body());
    return new FileImports(line).ended(new JsonObject(answer.body()));
  }

  private static String path(String id, String what) {
    return "/api/v1/profiles/" + id + "/" + what;
  }

  /** Every place in the store and on disk that says something of her. */
  private List<String> found() {
    List<String> found = new ArrayList<>();
    line.everythingStored()
        .forEach(
            (name, documents) ->
                documents.stream()
                    .map(Document::toJson)
                    .filter(ErasureIT::isHers)
                    .forEach(document -> found.add(name + ": " + document)));
    try (Stream<Path> files = Files.walk(line.home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (isHers(text(Files.readAllBytes(file)))) {
          found.add(line.home().relativize(file).toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static boolean isHers(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    return SOUGHT.stream().anyMatch(each -> small.contains(each.toLowerCase(Locale.ROOT)));
  }

  private void assertDense() {
    Map<String, Long> last = new TreeMap<>();
    Map<String, Long> count = new TreeMap<>();
    for (Document row : line.stored("events").find()) {
      String sequence = row.get("partition") + " " + row.get("source");
      last.merge(sequence, row.getLong("position"), Math::max);
      count.merge(sequence, 1L, Long::sum);
    }
    assertEquals(last, count);
  }

  private static Map<String, byte[]> unpacked(byte[] zip) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
