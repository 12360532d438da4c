package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open a store, and what becomes of one that another version wrote. */
class OpeningTest {
  private static final byte[] KEY = "key".getBytes(UTF_8);

  @TempDir Path directory;

  private StoreException refusal() {
    return assertThrows(StoreException.class, () -> EmbeddedMongo.open(directory));
  }

  @Test
  void refusesASecondProcessAndNamesTheFirst() throws IOException {
    try (Child child = Child.start("ours", directory)) {
      StoreException refused = refusal();

      assertEquals(StoreException.Kind.IN_USE, refused.kind());
      assertEquals(
          "Another process ("
              + child.pid()
              + ") has the store in "
              + directory
              + " open; stop it first.",
          refused.getMessage());
      // The note only helps: without it the lock holds as well.
      Files.delete(directory.resolve("store.pid"));
      assertEquals(
          "Another process has the store in " + directory + " open; stop it first.",
          refusal().getMessage());
    }
    EmbeddedMongo.open(directory).close();
  }

  @Test
  void refusesASecondOpeningInTheSameProcess() throws IOException {
    try (var _ = EmbeddedMongo.open(directory)) {
      assertEquals(
          "This process has the store in " + directory + " open already.", refusal().getMessage());
      // Trying did not cost the first its lock.
      assertThrows(IOException.class, () -> Child.start("ours", directory).close());
    }
  }

  @Test
  void refusesANewerFormatAndNamesBoth() {
    EmbeddedMongo.open(directory).close();
    try (MVStore store = MVStore.open(directory.resolve(StoreFile.FILE).toString())) {
      assertEquals(StoreFile.FORMAT, store.getStoreVersion());
      store.setStoreVersion(StoreFile.FORMAT + 6);
    }

    StoreException refused = refusal();

    assertEquals(StoreException.Kind.NEWER, refused.kind());
    assertEquals(
        "The store in "
            + directory
            + " has format "
            + (StoreFile.FORMAT + 6)
            + ", but this version knows formats up to "
            + StoreFile.FORMAT
            + " only; update before opening it.",
        refused.getMessage());
  }

  private String opened(List<Consumer<StoreFile>> steps) {
    try (StoreFile file = StoreOpening.open(directory, "", steps)) {
      assertEquals(1 + steps.size(), file.store().getStoreVersion());
      byte[] value = file.map("c0").get(KEY);
      return value == null ? "" : new String(value, UTF_8);
    }
  }

  private static void append(StoreFile file, String more) {
    LayeredMap map = file.map("c0");
    map.put(KEY, (new String(map.get(KEY), UTF_8) + more).getBytes(UTF_8));
  }

  @Test
  void upgradesAnOlderFormatByEachStepOnceAndInOrder() {
    try (StoreFile file = StoreOpening.open(directory, "", List.of())) {
      file.map("c0").put(KEY, "one".getBytes(UTF_8));
    }
    Consumer<StoreFile> second = file -> append(file, " two");
    Consumer<StoreFile> third = file -> append(file, " three");
    Consumer<StoreFile> broken =
        file -> {
          append(file, " half");
          throw new IllegalStateException("the step broke off");
        };

    assertThrows(StoreException.class, () -> opened(List.of(broken)));

    assertEquals("one", opened(List.of()));
    assertEquals("one two", opened(List.of(second)));
    assertEquals("one two three", opened(List.of(second, third)));
    assertEquals("one two three", opened(List.of(second, third)));
    assertThrows(StoreException.class, () -> opened(List.of(second)));
  }

  @Test
  void takesOnAStoreFromBeforeThereWasALog() throws IOException {
    try (Served served = Served.in(directory)) {
      served.collection("c").insertOne(new Document("_id", 1));
    }
    // As it was then: no log, and nothing that says from where on it is needed.
    try (StoreFile file = StoreOpening.open(directory, "", StoreFile.STEPS)) {
      file.store().removeMap("log");
      file.store().setStoreVersion(1);
      file.store().commit();
      file.abandon();
    }
    for (long number : WriteLog.numbers(directory)) {
      Files.delete(directory.resolve(LogSegment.PREFIX + number));
    }
    Files.delete(directory.resolve(SyncedNote.FILE));

    try (Served served = Served.in(directory)) {
      assertEquals(StoreFile.FORMAT, served.store().engine().file().store().getStoreVersion());
      served.collection("c").insertOne(new Document("_id", 2));
    }
    try (Served served = Served.in(directory)) {
      assertEquals(2, served.collection("c").countDocuments());
    }
  }
}
