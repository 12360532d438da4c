package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.IndexOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check says that a whole store is whole, and names what is not. */
class StoreCheckTest {
  private static final int COUNT = 1_500;

  private static Image image;

  @TempDir Path directory;

  @BeforeAll
  static void write(@TempDir Path whole) throws IOException {
    try (Served served = Served.in(whole)) {
      var collection = served.collection("c");
      collection.createIndex(new Document("n", 1), new IndexOptions().name("by n"));
      collection.createIndex(new Document("tags", 1), new IndexOptions().name("by tag"));
      var documents = new ArrayList<Document>();
      for (int i = 0; i < COUNT; i++) {
        documents.add(
            new Document("_id", i)
                .append("n", -i)
                .append("tags", List.of("a", "b"))
                .append("text", "marker-" + i + "-".repeat(80)));
      }
      collection.insertMany(documents);
      served.collection("kinds").insertMany(Sample.ofEveryKind());
      served.collection("kinds").createIndex(new Document("value", 1));
    }
    image = Image.of(whole);
  }

  @BeforeEach
  void copy() throws IOException {
    image.without(SyncedNote.FILE).laid(directory);
  }

  private StoreCheck.Result check() {
    return StoreCheck.run(directory, Progress.SILENT);
  }

  private void change(Consumer<StoredCollection> change) {
    try (StoreFile file = StoreFile.open(directory, "")) {
      change.accept(new Catalog(file).find("test", "c"));
    }
  }

  @Test
  void findsNothingInAHealthyStoreAndLeavesItAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(directory.resolve(StoreFile.FILE));
    var heard = new ArrayList<Long>();

    StoreCheck.Result result =
        StoreCheck.run(directory, (what, done, total) -> heard.add(done) && total > done - 1);

    assertEquals(List.of(), result.faults());
    assertEquals(COUNT + Sample.ofEveryKind().size(), result.documents());
    assertTrue(result.entries() >= COUNT * 3L + Sample.ofEveryKind().size());
    assertTrue(heard.size() > 5, heard.toString());
    assertArrayEquals(before, Files.readAllBytes(directory.resolve(StoreFile.FILE)));
    try (Served served = Served.in(directory)) {
      assertEquals(COUNT, served.collection("c").countDocuments());
    }
  }

  @Test
  void looksAtWhatIsInTheLogOnlyAndLeavesItThere(@TempDir Path running) throws IOException {
    Image killed;
    try (Served served = Served.in(running)) {
      served.collection("c").createIndex(new Document("n", 1));
      for (int i = 0; i < 50; i++) {
        served.collection("c").insertOne(new Document("_id", i).append("n", i));
      }
      killed = Image.of(running);
    }
    Path own = killed.laid(directory.resolve("killed"));

    StoreCheck.Result result = StoreCheck.run(own, Progress.SILENT);

    assertEquals(new StoreCheck.Result(50, 50, List.of()), result);
    Image left = Image.of(own);
    assertEquals(killed.files().keySet(), left.files().keySet());
    killed.files().forEach((name, bytes) -> assertArrayEquals(bytes, left.files().get(name)));

    Path damaged = killed.flipped(killed.log(), 8 * 2_000).laid(directory.resolve("damaged"));
    List<StoreCheck.Fault> faults = StoreCheck.run(damaged, Progress.SILENT).faults();
    assertEquals(1, faults.size());
    assertTrue(faults.getFirst().what().contains("can be read up to record"), faults.toString());
  }

  @Test
  void findsAnIndexThatLacksADocument() {
    change(
        c ->
            c.indexes()
                .getFirst()
                .map()
                .tree()
                .remove(c.indexes().getFirst().map().tree().lastKey()));

    assertEquals(
        List.of(new StoreCheck.Fault("test.c", "0", "the index by n does not have the document")),
        check().faults());
  }

  @Test
  void findsAnIndexThatHasADocumentTooMuch() {
    change(c -> c.documents().tree().remove(KeyBytes.of(7)));

    assertEquals(
        List.of(
            new StoreCheck.Fault("test.c", "", "the index by n has a document that is not there"),
            new StoreCheck.Fault("test.c", "", "the index by tag has a document that is not there"),
            new StoreCheck.Fault(
                "test.c", "", "the index by tag has a document that is not there")),
        check().faults());
  }

  @Test
  void findsAnEntryAndADocumentInTheWrongPlace() {
    change(
        c -> {
          byte[] seven = KeyBytes.of(7);
          c.indexes()
              .getFirst()
              .map()
              .tree()
              .put(StoredIndex.entry(KeyBytes.of(1), seven), new byte[0]);
          c.documents().tree().put(KeyBytes.of(-1), c.documents().tree().get(seven));
        });

    List<StoreCheck.Fault> faults = check().faults();

    assertTrue(
        faults.contains(
            new StoreCheck.Fault(
                "test.c",
                "7",
                "the index by n has the document under values that are not its own")),
        faults.toString());
    assertTrue(
        faults.contains(
            new StoreCheck.Fault("test.c", "7", "the document lies where another belongs")),
        faults.toString());
  }

  @Test
  void findsAFlippedPageAndReadsOnBehindIt() throws IOException {
    Path file = directory.resolve(StoreFile.FILE);
    byte[] bytes = Files.readAllBytes(file);
    byte[] marker = "marker-700-".getBytes(UTF_8);
    for (int i = 0; i < bytes.length - marker.length; i++) {
      if (Arrays.equals(bytes, i, i + marker.length, marker, 0, marker.length)) {
        bytes[i] ^= 1;
      }
    }
    Files.write(file, bytes);

    StoreCheck.Result result = check();

    StoreCheck.Fault first = result.faults().getFirst();
    assertEquals("test.c", first.collection());
    int last = Integer.parseInt(first.id());
    assertTrue(last < 700 && last > 600, first.id());
    assertTrue(first.what().contains("checksum"), first.what());
    long left = result.documents() - Sample.ofEveryKind().size();
    assertTrue(left < COUNT && left > COUNT - 100, "read " + left);
  }

  @Test
  void refusesAStoreInUseAndOneThatIsNotThereAndEndsWhenAsked() {
    try (var _ = EmbeddedMongo.open(directory)) {
      assertEquals(
          StoreException.Kind.IN_USE, assertThrows(StoreException.class, this::check).kind());
    }
    assertThrows(
        StoreException.class, () -> StoreCheck.run(directory.resolve("nowhere"), Progress.SILENT));
    assertThrows(
        CancellationException.class, () -> StoreCheck.run(directory, (what, done, total) -> false));
  }
}
