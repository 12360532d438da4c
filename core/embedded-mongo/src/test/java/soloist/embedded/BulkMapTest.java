package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many changes at once leave what they would leave one by one. */
class BulkMapTest {
  private static final int SEEDS = 4;
  private static final int BATCHES = 40;
  private static final int PAGE = 4096;
  private static final int MANY = 200;

  @TempDir Path directory;

  @Test
  void holdsWhatASortedMapHolds() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Path folder = Files.createDirectory(directory.resolve("seed" + seed));
      var random = new Random(seed);
      var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
      try (StoreFile file = StoreFile.open(folder, "")) {
        BulkMap map = file.map("c0");
        for (int i = 0; i < BATCHES; i++) {
          String where = "seed " + seed + ", batch " + i;
          List<Change.Entry> batch = batch(random, model);
          byte[][] before = map.prepared(batch).make();
          for (int j = 0; j < before.length; j++) {
            assertArrayEquals(change(model, batch.get(j)), before[j], where);
          }
          if (i % 5 == 0) {
            assertSame(model, map, where);
          }
          // What is taken for unsaved decides when there is a checkpoint.
          assertEquals(unsaved(map.getRootPage()), file.unsaved(), PAGE, where);
          if (random.nextInt(8) == 0) {
            file.checkpoint(() -> {});
            file.finishCheckpoint();
          }
        }
      }
      try (StoreFile file = StoreFile.open(folder, "")) {
        assertSame(model, file.map("c0"), "seed " + seed + " opened again");
      }
    }
  }

  @Test
  void bringsBackEveryMapWhenOneOfThemRefuses() {
    try (StoreFile file = StoreFile.open(directory, "")) {
      BulkMap documents = file.map("c0");
      BulkMap index = file.map("i1");
      Turn first = turn(documents, index, 0);
      assertTrue(first.settle());
      Turn second = turn(documents, index, MANY);
      file.store().removeMap(index);

      assertThrows(MVStoreException.class, second::settle);
      // The documents are made before the entries, so without this they stay.
      assertEquals(2 * MANY, documents.sizeAsLong());
      second.undo();

      assertEquals(MANY, documents.sizeAsLong());
      assertEquals(List.of(), second.changed());
      for (Change change : first.changed()) {
        Change.Entry entry = (Change.Entry) change;
        if (entry.map().equals("c0")) {
          assertArrayEquals(entry.value(), documents.get(entry.key()));
        }
      }
    }
  }

  /** Enough documents and their entries that the maps are changed at the same time. */
  private static Turn turn(BulkMap documents, BulkMap index, int from) {
    var turn = new Turn(documents);
    for (int i = from + MANY - 1; i >= from; i--) {
      byte[] key = ByteBuffer.allocate(4).putInt(i).array();
      turn.change("c0", key, new byte[300]);
      turn.change(index, "i1", StoredIndex.entry(new byte[] {(byte) i}, key), new byte[0]);
    }
    return turn;
  }

  private static int unsaved(Page<byte[], byte[]> page) {
    int unsaved = page.isSaved() ? 0 : page.getMemory();
    for (int i = 0; !page.isLeaf() && i <= page.getKeyCount(); i++) {
      unsaved += unsaved(page.getChildPage(i));
    }
    return unsaved;
  }

  private static byte[] change(TreeMap<byte[], byte[]> model, Change.Entry change) {
    return change.value() == null
        ? model.remove(change.key())
        : model.put(change.key(), change.value());
  }

  /** In order; a few or many, mixed, at the end, or one stretch that goes. */
  private static List<Change.Entry> batch(Random random, TreeMap<byte[], byte[]> model) {
    var batch = new TreeMap<byte[], Change.Entry>(Arrays::compareUnsigned);
    int kind = random.nextInt(10);
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(700) : 1 + random.nextInt(6);
    int start = random.nextInt(3_000);
    for (int i = 0; i < count; i++) {
      int number =
          kind < 3 ? start + i : kind < 5 ? 10_000 + model.size() + i : random.nextInt(3_000);
      boolean gone = kind < 2 || kind > 5 && random.nextInt(3) == 0;
      int size = random.nextInt(40) == 0 ? 9_000 : random.nextInt(600);
      byte[] key = ByteBuffer.allocate(4 + number % 30).putInt(number).array();
      batch.put(key, new Change.Entry("c0", key, gone ? null : new byte[size]));
    }
    if (kind == 9 && count > 500) {
      model.keySet().forEach(key -> batch.put(key, new Change.Entry("c0", key, null)));
    }
    return new ArrayList<>(batch.values());
  }

  private static void assertSame(TreeMap<byte[], byte[]> model, BulkMap map, String where) {
    assertEquals(model.size(), map.sizeAsLong(), where);
    Cursor<byte[], byte[]> cursor = map.cursor(null);
    var reader = new PointReader(map);
    for (var entry : model.entrySet()) {
      assertArrayEquals(entry.getKey(), cursor.next(), where);
      assertArrayEquals(entry.getValue(), cursor.getValue(), where);
      assertArrayEquals(entry.getValue(), reader.get(entry.getKey()), where);
      assertArrayEquals(entry.getValue(), map.get(entry.getKey()), where);
    }
    assertEquals(false, cursor.hasNext(), where);
    assertFits(map, map.getRootPage(), where);
  }

  /** Bytes are estimated by MVStore, so only what is counted can be held to its bound. */
  private static void assertFits(BulkMap map, Page<byte[], byte[]> page, String where) {
    assertTrue(page.getKeyCount() <= map.mostKeys(), where);
    assertTrue(page.getKeyCount() > 0 || page == map.getRootPage(), where);
    for (int i = 0; !page.isLeaf() && i <= page.getKeyCount(); i++) {
      assertFits(map, page.getChildPage(i), where);
    }
  }
}
