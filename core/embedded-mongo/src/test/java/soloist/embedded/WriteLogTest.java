package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the log gives back what was written, up to the first byte that is not as it was. */
class WriteLogTest {
  private static final int RECORDS = 5;
  private static final long BEFORE = 7;
  private static final long NUMBER = 3;

  @TempDir Path directory;

  /** Where each record ends. */
  private final List<Integer> ends = new ArrayList<>();

  private byte[] write() throws IOException {
    Path file = directory.resolve(LogSegment.PREFIX + NUMBER);
    try (WriteLog log = WriteLog.begin(directory, "", NUMBER, BEFORE)) {
      for (int i = 0; i < RECORDS; i++) {
        log.append(List.of(changes(i), changes(i + 10)));
        ends.add((int) Files.size(file));
      }
      log.sync();
      assertEquals(BEFORE + RECORDS, log.synced());
    }
    return Files.readAllBytes(file);
  }

  private static List<Change> changes(int i) {
    return List.of(
        new Change.Entry("c" + i, new byte[] {1, (byte) i}, new byte[i * 3]),
        new Change.Entry("i" + i, new byte[] {2}, null),
        new Change.Drop("catalog"));
  }

  private LogReader reader(byte[] bytes) throws IOException {
    Files.write(directory.resolve("other"), bytes);
    var path = org.h2.store.fs.FilePath.get(directory.resolve("other").toString());
    return new LogReader(path, NUMBER, BEFORE);
  }

  @Test
  void givesBackEveryChangeInItsOrder() throws IOException {
    var read = new ArrayList<Change>();
    try (LogReader reader = reader(write())) {
      assertTrue(reader.read(read::add));
      assertEquals(BEFORE + RECORDS, reader.written());
    }
    var expected = new ArrayList<Change>();
    for (int i = 0; i < RECORDS; i++) {
      expected.addAll(changes(i));
      expected.addAll(changes(i + 10));
    }
    assertEquals(expected.size(), read.size());
    for (int i = 0; i < read.size(); i++) {
      assertEquals(expected.get(i).map(), read.get(i).map());
      if (expected.get(i) instanceof Change.Entry entry) {
        assertArrayEquals(entry.key(), ((Change.Entry) read.get(i)).key());
        assertArrayEquals(entry.value(), ((Change.Entry) read.get(i)).value());
      }
    }
  }

  @Test
  void givesBackTheRecordsBeforeACutAtAnyByte() throws IOException {
    byte[] whole = write();
    for (int length = 0; length < whole.length; length++) {
      int left = length;
      try (LogReader reader = reader(Arrays.copyOf(whole, length))) {
        boolean complete = reader.read(_ -> {});

        long records = ends.stream().filter(end -> end <= left).count();
        assertEquals(BEFORE + records, reader.written(), "cut at " + length);
        assertEquals(length == LogSegment.HEAD || ends.contains(length), complete);
        assertFalse(reader.hasMore(), "cut at " + length);
      }
    }
  }

  @Test
  void stopsBeforeAFlippedBitAndKnowsWhetherWholeRecordsFollow() throws IOException {
    byte[] whole = write();
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < whole.length; i++) {
      int flipped = i;
      byte[] image = whole.clone();
      image[i] ^= (byte) (1 << random.nextInt(8));
      try (LogReader reader = reader(image)) {
        assertFalse(reader.read(_ -> {}), "seed " + seed + ", byte " + i);

        long records = ends.stream().filter(end -> end <= flipped).count();
        assertEquals(BEFORE + records, reader.written(), "seed " + seed + ", byte " + i);
        assertEquals(records < RECORDS - 1, reader.hasMore(), "seed " + seed + ", byte " + i);
      }
    }
  }

  @Test
  void doesNotTakeOneFileForAnother() throws IOException {
    byte[] whole = write();
    Files.write(directory.resolve("other"), whole);
    var path = org.h2.store.fs.FilePath.get(directory.resolve("other").toString());
    for (long[] wrong : new long[][] {{NUMBER + 1, BEFORE}, {NUMBER, BEFORE + 1}}) {
      try (var reader = new LogReader(path, wrong[0], wrong[1])) {
        assertFalse(reader.read(_ -> {}));
        assertEquals(0, reader.end());
      }
    }
  }
}
