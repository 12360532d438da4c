package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.h2.mvstore.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many changes at once leave what they would leave one by one. */
class BulkMapTest {
  private static final int SEEDS = 4;
  private static final int BATCHES = 40;
  private static final int PAGE = 4096;

  @TempDir Path directory;

  @Test
  void holdsWhatASortedMapHolds() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Path folder = Files.createDirectory(directory.resolve("seed" + seed));
      var random = new Random(seed);
      var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
      try (StoreFile file = StoreFile.open(folder, "")) {
        BulkMap<byte[]> map = file.map("c0").tree();
        for (int i = 0; i < BATCHES; i++) {
          String where = "seed " + seed + ", batch " + i;
          List<Item<byte[]>> batch = RandomChanges.of(random, model);
          map.change(batch);
          batch.forEach(item -> RandomChanges.make(model, item));
          if (i % 5 == 0) {
            assertSame(model, map, where);
          }
          // What is taken for unwritten decides when it is written.
          assertEquals(unwritten(map.getRootPage()), file.unwritten(), PAGE, where);
          if (random.nextInt(8) == 0) {
            file.checkpoint();
          }
        }
      }
      try (StoreFile file = StoreFile.open(folder, "")) {
        assertSame(model, file.map("c0").tree(), "seed " + seed + " opened again");
      }
    }
  }

  private static int unwritten(Page<byte[], byte[]> page) {
    int unwritten = page.isSaved() ? 0 : page.getMemory();
    for (int i = 0; !page.isLeaf() && i <= page.getKeyCount(); i++) {
      unwritten += unwritten(page.getChildPage(i));
    }
    return unwritten;
  }

  private static void assertSame(TreeMap<byte[], byte[]> model, BulkMap<byte[]> map, String where) {
    assertEquals(model.size(), map.sizeAsLong(), where);
    Page<byte[], byte[]> root = map.getRootPage();
    var cursor = new PageCursor<>(root, null, false);
    var reader = new PointReader<>(root);
    long before = 0;
    for (var entry : model.entrySet()) {
      assertArrayEquals(entry.getKey(), cursor.key(), where);
      assertArrayEquals(entry.getValue(), cursor.value(), where);
      assertArrayEquals(entry.getValue(), reader.get(entry.getKey()), where);
      assertArrayEquals(entry.getValue(), new PointReader<>(root).get(entry.getKey()), where);
      assertArrayEquals(entry.getValue(), map.get(entry.getKey()), where);
      assertEquals(before++, BulkMap.before(root, entry.getKey()), where);
      cursor.next();
    }
    assertNull(cursor.key(), where);
    assertFits(map, map.getRootPage(), where);
  }

  /** Bytes are estimated by MVStore, so only what is counted can be held to its bound. */
  private static void assertFits(BulkMap<byte[]> map, Page<byte[], byte[]> page, String where) {
    assertTrue(page.getKeyCount() <= map.mostKeys(), where);
    assertTrue(page.getKeyCount() > 0 || page == map.getRootPage(), where);
    for (int i = 0; !page.isLeaf() && i <= page.getKeyCount(); i++) {
      assertFits(map, page.getChildPage(i), where);
    }
  }
}
