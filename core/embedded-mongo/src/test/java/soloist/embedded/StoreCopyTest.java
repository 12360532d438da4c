package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A copy is the same to the byte, or says that it is not. */
class StoreCopyTest {
  private static final int COUNT = 5_000;

  @TempDir Path directory;
  private Served source;
  private Served target;

  @BeforeEach
  void open() {
    source = Served.in(directory.resolve("source"));
    target = Served.in(directory.resolve("target"));
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  private Map<String, Long> copy(Progress progress) {
    return StoreCopy.run(source.store().uri(), target.store().uri(), "test", progress);
  }

  private void fill(int count) {
    MongoCollection<Document> many = source.collection("many");
    var documents = new ArrayList<Document>(Sample.ofEveryKind());
    while (documents.size() < count) {
      int i = documents.size();
      Object id = i % 3 == 0 ? "s" + i : i % 3 == 1 ? (Object) (i + 0.5) : new ObjectId();
      documents.add(new Document("text", "t".repeat(i % 97)).append("_id", id).append("n", i));
    }
    many.insertMany(documents);
    many.createIndex(new Document("n", -1), new IndexOptions().unique(true).sparse(true));
    source.client().getDatabase("test").createCollection("empty");
    MongoCollection<Document> dying = source.collection("dying");
    dying.createIndex(new Document("at", 1), new IndexOptions().expireAfter(60L, TimeUnit.SECONDS));
    dying.insertMany(
        List.of(
            new Document("at", Date.from(Instant.now())),
            new Document("at", Date.from(Instant.now().plusSeconds(9_999)))));
  }

  private static List<RawBsonDocument> raw(MongoDatabase database, String name) {
    return database
        .getCollection(name, RawBsonDocument.class)
        .find()
        .sort(new Document("_id", 1))
        .into(new ArrayList<>());
  }

  private void assertSame(MongoDatabase copy) {
    MongoDatabase original = source.client().getDatabase("test");
    assertEquals(
        List.of("dying", "empty", "many"),
        copy.listCollectionNames().into(new ArrayList<>()).stream().sorted().toList());
    for (String name : List.of("dying", "empty", "many")) {
      assertEquals(raw(original, name), raw(copy, name));
      assertEquals(
          original.getCollection(name).listIndexes().into(new ArrayList<>()),
          copy.getCollection(name).listIndexes().into(new ArrayList<>()));
    }
  }

  @Test
  void goesOnWhereItWasEndedAndComesOutTheSameToTheByte() {
    fill(COUNT);
    for (int ended : new int[] {2, 1_002, 3_002}) {
      assertThrows(CancellationException.class, () -> copy((what, done, total) -> done < ended));
    }
    var heard = new ArrayList<String>();

    Map<String, Long> copied =
        copy((what, done, total) -> heard.add(what + " " + done + "/" + total));

    assertEquals(Map.of("many", 5_000L, "empty", 0L, "dying", 2L), copied);
    assertEquals(List.of("many 3002/5002", "many 4002/5002", "many 5002/5002"), heard);
    assertSame(target.client().getDatabase("test"));
    assertThrows(StoreException.class, () -> copy(Progress.SILENT), "the copy holds data now");
  }

  @Test
  void goesOnAfterItsProcessWasKilled() throws IOException, InterruptedException {
    fill(COUNT);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CopyChild.class.getName(),
                source.store().uri(),
                target.store().uri())
            .redirectError(Files.createTempFile(directory, "copy", ".log").toFile())
            .start();
    String line = "";
    try (BufferedReader out = process.inputReader()) {
      while (line != null && !line.equals("2002")) {
        line = out.readLine();
      }
      process.destroyForcibly();
    }
    assertEquals("2002", line, "it ended by itself");
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(128 + 9, process.exitValue());
    long there = target.collection("many").countDocuments();
    assertTrue(there >= 2_000, there + " documents");

    assertEquals(Map.of("many", 5_000L, "empty", 0L, "dying", 2L), copy(Progress.SILENT));
    assertSame(target.client().getDatabase("test"));
  }

  @Test
  void seesADocumentThatIsNotTheSame() {
    fill(1_500);
    assertThrows(CancellationException.class, () -> copy((what, done, total) -> done < 1_002));
    target
        .collection("many")
        .updateOne(new Document("text", "t"), new Document("$set", new Document("text", "u")));

    var refused = assertThrows(StoreException.class, () -> copy(Progress.SILENT));

    assertTrue(refused.getMessage().contains("The collection many is not the same"));
  }

  @Test
  void refusesATargetWithOtherData() {
    source.collection("c").insertOne(new Document("_id", 1));
    target.collection("other").insertOne(new Document("_id", 1));

    var other = assertThrows(StoreException.class, () -> copy(Progress.SILENT));
    assertEquals(StoreException.Kind.NOT_EMPTY, other.kind());
    assertEquals(
        List.of("other"),
        target.client().getDatabase("test").listCollectionNames().into(new ArrayList<>()));

    target.collection("other").drop();
    assertThrows(CancellationException.class, () -> copy((what, done, total) -> false));
    source.collection("d").insertOne(new Document("_id", 1));
    var changed = assertThrows(StoreException.class, () -> copy(Progress.SILENT));
    assertEquals(StoreException.Kind.NOT_EMPTY, changed.kind());
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "SOLOIST_TEST_MONGODB_URI",
      matches = "mongodb.*",
      disabledReason = "SOLOIST_TEST_MONGODB_URI names no real MongoDB to copy to")
  void comesBackFromARealMongoTheSame() {
    String real = System.getenv("SOLOIST_TEST_MONGODB_URI");
    fill(1_500);
    try (MongoClient client = MongoClients.create(real)) {
      MongoDatabase between = client.getDatabase("test");
      assertFalse(between.listCollectionNames().iterator().hasNext(), "its test is in use");
      try {
        StoreCopy.run(source.store().uri(), real, "test", Progress.SILENT);
        StoreCopy.run(real, target.store().uri(), "test", Progress.SILENT);
      } finally {
        between.drop();
      }
    }
    assertEquals(
        source.collection("many").countDocuments(), target.collection("many").countDocuments());
  }
}
