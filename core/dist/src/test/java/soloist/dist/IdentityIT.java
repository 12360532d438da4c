package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose event it is. */
class IdentityIT {
  @TempDir static Path folder;
  private static Line line;

  @BeforeAll
  static void open() {
    line = Line.open(folder);
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @Test
  void oneIdentifierLeadsToTheNext() {
    visit("a1", Map.of("email", "ada@example.org"));
    visit("a2", Map.of("email", "ada@example.org", "userId", "ada"));
    visit("a3", Map.of("userId", "ada"));

    Document first = row("a1");

    assertEquals(first.getString("profileId"), row("a2").getString("profileId"));
    assertEquals(first.getString("profileId"), row("a3").getString("profileId"));
    line.settle();
    assertEquals(3, events(first.getString("profileId")));
    assertEquals(1, line.items("/api/v1/profiles?q=ada@example.org").size());
    JsonObject identifiers =
        line.json("/api/v1/profiles/" + first.getString("profileId")).getJsonObject("identifiers");
    assertEquals(List.of("ada"), identifiers.getJsonArray("userId").getList());
  }

  @Test
  void howAnAddressIsWrittenDoesNotMatter() {
    List<String> spellings =
        List.of(
            "bea@example.org",
            "BEA@Example.ORG",
            "  bea@example.org ",
            "ｂｅａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
            "bea@EXAMPLE。org");

    for (int i = 0; i < spellings.size(); i++) {
      visit("b" + i, Map.of("email", spellings.get(i)));
    }

    String profile = row("b0").getString("profileId");
    for (int i = 1; i < spellings.size(); i++) {
      assertEquals(profile, row("b" + i).getString("profileId"), spellings.get(i));
    }
    Line.until("all visits", () -> events(profile) == spellings.size());
    assertEquals(
        List.of("bea@example.org"),
        line.json("/api/v1/profiles/" + profile)
            .getJsonObject("identifiers")
            .getJsonArray("email")
            .getList());
  }

  @Test
  void theSameTextOfAnotherKindIsSomebodyElse() {
    visit("c1", Map.of("userId", "4711"));
    visit("c2", Map.of("visitorId", "4711"));
    visit("c3", Map.of("userId", "Cem"));
    visit("c4", Map.of("userId", "cem"));

    assertEquals(
        4,
        List.of("c1", "c2", "c3", "c4").stream()
            .map(id -> row(id).getString("profileId"))
            .distinct()
            .count());
  }

  @Test
  void anEventOfTwoPeopleIsTheOlderProfilesAndKeepsTheOther() {
    visit("d1", Map.of("email", "dan@example.org"));
    line.advance(Duration.ofMillis(1));
    visit("d2", Map.of("userId", "dan"));
    String older = row("d1").getString("profileId");
    String younger = row("d2").getString("profileId");
    assertTrue(older.compareTo(younger) < 0);

    visit("d3", Map.of("userId", "dan", "email", "dan@example.org", "phone", "+49 30 123-4567"));
    visit("d4", Map.of("phone", "(+49) 30 1234567"));

    assertEquals(older, row("d3").getString("profileId"));
    assertEquals(List.of(younger), row("d3").getList("otherIds", String.class));
    assertEquals(row("d1").getInteger("partition"), row("d3").getInteger("partition"));
    assertEquals(older, row("d4").getString("profileId"));
    assertEquals(List.of(), row("d4").getList("otherIds", String.class));
  }

  @Test
  void manyAtOnceAgreeOnOnePerson() {
    List<Thread> clients =
        java.util.stream.IntStream.range(0, 16)
            .mapToObj(
                i ->
                    Thread.startVirtualThread(
                        () -> visit("e" + i, Map.of("email", "eva@example.org", "userId", "eva"))))
            .toList();
    clients.forEach(IdentityIT::join);

    List<String> owners =
        java.util.stream.IntStream.range(0, 16)
            .mapToObj(i -> row("e" + i).getString("profileId"))
            .distinct()
            .toList();

    assertEquals(1, owners.size());
    Line.until("all visits", () -> events(owners.getFirst()) == 16);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void visit(String id, Map<String, Object> identifiers) {
    line.tell(
        new JsonObject()
            .put("id", id)
            .put("type", "visit")
            .put("identifiers", new JsonObject(identifiers)));
  }

  private static Document row(String id) {
    Document row = line.stored("events").find(new Document("_id", id)).first();
    if (row == null) {
      throw new AssertionError("no row " + id);
    }
    return row;
  }

  private static int events(String profile) {
    return line.get("/api/v1/profiles/" + profile).statusCode() == 404
        ? 0
        : line.items("/api/v1/profiles/" + profile + "/timeline").size();
  }
}
