package soloist.security;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Updates.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.http.Caller;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

class AuditTest {
  private static final int LINES = 20;

  @TempDir private Path folder;
  private final TestStore server = new TestStore();
  private final Store store = server.open("audit");
  private Keys keys;
  private Audit audit;

  @BeforeEach
  void open() throws Exception {
    keys = Keys.open(folder.resolve("key"));
    audit = new Audit(store, keys, new ManualClock());
    for (int i = 1; i <= LINES; i++) {
      note(audit, "user " + i);
    }
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void whatWasWrittenIsWhole() {
    assertEquals(new Audit.Checked(LINES, List.of()), audit.check());
  }

  @Test
  void aLineThatWasEditedIsNamed() {
    store.audit().updateOne(eq("_id", 7L), set("name", "somebody else"));

    assertEquals(List.of(new Audit.Fault(7, "edited")), audit.check().faults());
  }

  @Test
  void aChangeInsideALineIsNamed() {
    store.audit().updateOne(eq("_id", 7L), set("changes.0.after", "analyst"));

    assertEquals(List.of(new Audit.Fault(7, "edited")), audit.check().faults());
  }

  @Test
  void aLineWithAHashOfItsOwnIsNamed() {
    store.audit().updateOne(eq("_id", 7L), set("hash", "00".repeat(32)));

    assertEquals(List.of(new Audit.Fault(7, "edited")), audit.check().faults());
  }

  @Test
  void linesThatWereTakenOutAreNamed() {
    store.audit().deleteOne(eq("_id", 1L));
    store.audit().deleteOne(eq("_id", 7L));

    assertEquals(
        List.of(new Audit.Fault(1, "missing"), new Audit.Fault(7, "missing")),
        audit.check().faults());
  }

  @Test
  void theEndCannotBeCutOff() {
    store.audit().deleteMany(gt("_id", LINES - 2L));

    assertEquals(
        List.of(new Audit.Fault(LINES - 1, "missing"), new Audit.Fault(LINES, "missing")),
        audit.check().faults());
  }

  @Test
  void oneLineInAnothersPlaceIsNamed() {
    Document seventh = store.audit().find(eq("_id", 7L)).first();
    seventh.put("_id", 8L);
    store.audit().replaceOne(eq("_id", 8L), seventh);

    assertEquals(List.of(new Audit.Fault(8, "edited")), audit.check().faults());
  }

  @Test
  void whoDoesNotHaveTheKeyFileCannotWriteAHistoryOfHisOwn() throws Exception {
    store.audit().deleteMany(gt("_id", 0L));
    store.state().deleteOne(eq("_id", "audit"));
    Audit forger = new Audit(store, Keys.open(folder.resolve("another")), new ManualClock());
    note(forger, "nobody");

    assertFalse(audit.check().faults().isEmpty());
  }

  @Test
  void twoServersOnOneStoreWriteOneChain() throws Exception {
    Audit other = new Audit(store, keys, new ManualClock());

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        Audit writer = i % 2 == 0 ? audit : other;
        threads.submit(() -> note(writer, "racer"));
      }
    }

    assertEquals(LINES + 40L, store.audit().countDocuments());
    assertEquals(new Audit.Checked(LINES + 40L, List.of()), audit.check());
  }

  @Test
  void onlyWhatIsOtherwiseIsToldAndNothingSecret() {
    JsonObject before =
        new JsonObject()
            .put("name", "Shop")
            .put("settings", new JsonObject().put("host", "a").put("port", 25))
            .put("apiKey", "abc");
    JsonObject after =
        new JsonObject()
            .put("name", "Shop")
            .put("settings", new JsonObject().put("host", "b").put("port", 25))
            .put("apiKey", "canary");

    List<Document> changes = Changes.between(before, after, false);

    assertEquals(
        List.of(
            new Document("field", "apiKey").append("before", "•••").append("after", "•••"),
            new Document("field", "settings.host").append("before", "a").append("after", "b")),
        changes);
    assertEquals(
        List.of(new Document("field", "apiKey"), new Document("field", "settings.host")),
        Changes.between(before, after, true));
  }

  private static void note(Audit audit, String name) {
    audit.note(
        new Audit.Entry(
            new Caller(Caller.Kind.PERSON, "u1", name, Set.of(), ""),
            "POST /api/v1/users/:id",
            "/api/v1/users/u2",
            200,
            "127.0.0.1",
            List.of(
                new Document("field", "role").append("before", "admin").append("after", "owner"))));
  }
}
