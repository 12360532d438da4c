package soloist.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import soloist.Rig;
import soloist.http.Problem;
import soloist.identity.Identity;
import soloist.identity.ProfileIds;
import soloist.lane.Row;
import soloist.store.TestStore;

/** More live rows than the lanes can judge are refused, and bulk rows are none of them. */
class BacklogTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MOST = 500;

  @Test
  void aboveTheBoundAnEventIsRefusedWithATimeToComeBackAndBelowItIsTakenAgain() {
    try (TestStore server = new TestStore();
        Rig rig = new Rig(server, "backlog", NOW)) {
      var identity = new Identity(rig.store, new ProfileIds(rig.clock));
      Ingest ingest = new Ingest(identity, rig.journal, new Undone(), rig.clock, () -> "", MOST);
      append(rig, "bulk", 1_000, true);
      append(rig, "live", MOST, false);
      assertEquals(MOST, rig.journal.backlog());
      assertTrue(ingest.accept(event("last"), "api").join());

      Problem busy = assertThrows(Problem.class, () -> ingest.accept(event("more"), "api"));

      assertEquals(503, busy.status());
      assertEquals("5", busy.headers().get("Retry-After"));
      assertEquals(Map.of(), rig.journal.told(List.of("more")));

      rig.pull();

      assertEquals(0, rig.journal.backlog());
      assertTrue(ingest.accept(event("more"), "api").join());
    }
  }

  private static void append(Rig rig, String name, int count, boolean inBulk) {
    List<CompletableFuture<Boolean>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Row row =
          Row.draft(name + i, "p" + i % 64, List.of(), "visit", NOW, "api", Map.of(), Map.of());
      rows.add(rig.journal.append(inBulk ? row.inBulk() : row));
    }
    rows.forEach(CompletableFuture::join);
  }

  private static EventInput event(String id) {
    return EventInput.read(
        new JsonObject()
            .put("id", id)
            .put("type", "visit")
            .put("identifiers", new JsonObject().put("userId", "ada")),
        NOW);
  }
}
