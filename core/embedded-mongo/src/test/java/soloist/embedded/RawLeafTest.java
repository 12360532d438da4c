package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is found on a leaf as it lies on disk like on the page that is made of it. */
class RawLeafTest {
  private static final int COUNT = 20_000;
  private static final int ROUNDS = 200;
  private static final byte[] ABSENT = {KeyBytes.ARRAY};

  @TempDir Path directory;

  private static byte[] key(int i) {
    return KeyBytes.of("key" + (i * 7919L % COUNT) + "x".repeat(i % 40));
  }

  private static byte[] value(int i) {
    byte[] value = new byte[i % 1_000 == 0 ? 90_000 : i % 700];
    new Random(i).nextBytes(value);
    return value;
  }

  private void fill() throws IOException {
    try (StoreFile file = StoreFile.open(directory, "")) {
      LayeredMap map = file.map("c0");
      for (int i = 0; i < COUNT; i++) {
        Change.Entry unused = map.put(key(i), value(i));
      }
      file.mergeInMemory();
    }
  }

  /** Where the leaf lies on which a key is, from the root down. */
  private static long leafOf(Page<byte[], byte[]> root, byte[] key) {
    Page<byte[], byte[]> page = root;
    while (true) {
      int child = PointReader.child(page, key);
      long at = page.getChildPagePos(child);
      if (DataUtils.isLeafPosition(at)) {
        return at;
      }
      page = page.getChildPage(child);
    }
  }

  @Test
  void findsWhatAPageHas() throws IOException {
    fill();
    try (StoreFile file = StoreFile.open(directory, "")) {
      BulkMap<byte[]> tree = file.map("c0").tree();
      Page<byte[], byte[]> root = tree.getRootPage();
      int found = 0;
      for (int i = 0; i < COUNT; i++) {
        long at = leafOf(root, key(i));
        RawLeaf leaf = file.chunks().leaf(at, tree.getId());
        if (leaf != null) {
          assertArrayEquals(value(i), leaf.value(key(i)));
          assertArrayEquals(key(i), leaf.notBefore(key(i)));
          // What follows it is on this leaf or on none before the next.
          byte[] behind = KeyBytes.after(key(i));
          byte[] next = leaf.notBefore(behind);
          assertTrue(next == null || Arrays.equals(next, tree.ceilingKey(behind)));
          assertNull(leaf.value(behind));
          found++;
        }
        // Another map's leaf is left to who says what is wrong with it.
        assertNull(file.chunks().leaf(at, tree.getId() + 1));
      }
      // But for those with large documents.
      assertTrue(found > COUNT * 9 / 10, found + " were found");
      assertEquals(null, file.map("c0").get(ABSENT));
      for (int i = 0; i < COUNT; i++) {
        assertArrayEquals(value(i), file.map("c0").get(key(i)));
      }
    }
  }

  @Test
  void readsNothingFromALeafThatHasChanged() throws IOException {
    fill();
    var random = new Random(3);
    StoreFile file = StoreFile.openToRead(directory);
    try (FileChannel disk =
        FileChannel.open(directory.resolve(StoreFile.FILE), StandardOpenOption.WRITE)) {
      BulkMap<byte[]> tree = file.map("c0").tree();
      for (int round = 0; round < ROUNDS; round++) {
        byte[] key = key(random.nextInt(COUNT));
        long at = leafOf(tree.getRootPage(), key);
        long from = file.chunks().offset(at);
        int length = file.chunks().read(from, Integer.BYTES).getInt();
        long flipped = from + random.nextInt(length);
        byte was = file.chunks().read(flipped, 1).get();

        disk.write(ByteBuffer.wrap(new byte[] {(byte) (was ^ 1 << random.nextInt(8))}), flipped);

        String where = "round " + round + ", byte " + (flipped - from);
        assertTrue(file.chunks().leaf(at, tree.getId()) == null, where);
        assertThrows(MVStoreException.class, () -> file.map("c0").get(key), where);
        disk.write(ByteBuffer.wrap(new byte[] {was}), flipped);
      }
    } finally {
      file.abandon();
    }
  }
}
