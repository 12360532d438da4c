package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layers of a map together hold what one sorted map would, whenever they are merged. */
class LayeredMapTest {
  private static final int SEEDS = 6;
  private static final int BATCHES = 60;
  private static final int MANY = 200;
  private static final int KEYS = 5_000;

  @TempDir Path directory;

  @Test
  void holdsWhatASortedMapHolds() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Path folder = Files.createDirectory(directory.resolve("seed" + seed));
      var random = new Random(seed);
      var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
      try (StoreFile file = StoreFile.open(folder, "")) {
        LayeredMap map = file.map("c0");
        List<LayeredMap> frozen = List.of();
        for (int i = 0; i < BATCHES; i++) {
          String where = "seed " + seed + ", batch " + i;
          View earlier = map.view();
          var before = new TreeMap<>(model);
          List<Item<byte[]>> batch = RandomChanges.of(random, model);
          LayeredMap.Prepared change = map.prepared(edits(batch, model));
          change.make();
          if (random.nextInt(10) == 0) {
            change.undo();
          } else {
            batch.forEach(item -> RandomChanges.make(model, item));
          }
          assertSame(before, earlier, random, where + ", as it was before");
          switch (random.nextInt(6)) {
            case 0 -> frozen = frozen.isEmpty() ? file.freeze() : frozen;
            case 1 -> {
              View during = map.view();
              for (LayeredMap each : frozen) {
                each.merge(7, () -> assertSame(model, map.view(), random, where + ", in a merge"));
              }
              file.thaw();
              frozen = List.of();
              assertSame(model, during, random, where + ", seen before it was merged");
            }
            default -> {}
          }
          assertSame(model, map.view(), random, where);
        }
        for (LayeredMap each : frozen) {
          each.merge(100, () -> {});
        }
        file.thaw();
      }
      try (StoreFile file = StoreFile.open(folder, "")) {
        LayeredMap map = file.map("c0");
        assertSame(model, map.view(), random, "seed " + seed + " opened again");
        assertEquals(0, file.unsaved());
        assertEquals(model.size(), map.tree().sizeAsLong());
      }
    }
  }

  /** Of changes that are told again some are in the tree already. */
  @Test
  void takesWhatIsToldAgain() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Path folder = Files.createDirectory(directory.resolve("seed" + seed));
      var random = new Random(seed);
      var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
      var told = new ArrayList<Item<byte[]>>();
      try (StoreFile file = StoreFile.open(folder, "")) {
        LayeredMap map = file.map("c0");
        for (int i = 0; i < BATCHES / 4; i++) {
          List<Item<byte[]>> batch = RandomChanges.of(random, model);
          map.prepared(edits(batch, model)).make();
          batch.forEach(item -> RandomChanges.make(model, item));
          told.addAll(batch);
          if (i == BATCHES / 8) {
            file.mergeInMemory();
          }
        }
        assertSame(model, map.view(), random, "seed " + seed);
        file.mergeInMemory();
        for (Item<byte[]> item : told) {
          file.apply(new Change.Entry("c0", item.key(), item.value()));
        }
        assertSame(model, map.view(), random, "seed " + seed + " told again");
      }
    }
  }

  /** Or a command that asks for many large documents would hold all of them. */
  @Test
  void readsFewLargeValuesAtOnce() throws IOException {
    try (StoreFile file = StoreFile.open(directory, "")) {
      LayeredMap map = file.map("c0");
      var keys = new ArrayList<byte[]>();
      for (int i = 0; i < MANY; i++) {
        keys.add(KeyBytes.of(i));
        Change.Entry unused = map.put(KeyBytes.of(i), new byte[i < MANY / 2 ? 100_000 : 10]);
      }
      file.checkpoint();

      byte[][] values = map.view().get(keys);

      long left = Arrays.stream(values).filter(value -> value == View.NOT_READ).count();
      assertEquals(MANY / 2 - 11, left, "of a hundred large ones eleven are a megabyte");
      for (int i = 0; i < MANY; i++) {
        if (values[i] != View.NOT_READ) {
          assertEquals(i < MANY / 2 ? 100_000 : 10, values[i].length);
        }
      }
    }
  }

  /** Reading takes no lock, so it meets pages and chunks that are just being written. */
  @Test
  void readsWhileACheckpointIsWritten() throws Exception {
    try (StoreFile file = StoreFile.open(directory, "");
        var reader = Executors.newSingleThreadExecutor()) {
      LayeredMap map = file.map("c0");
      for (int i = 0; i < KEYS; i++) {
        Change.Entry unused = map.put(KeyBytes.of(i), stamped(i, 0));
      }
      var done = new AtomicBoolean();
      Future<Integer> read = reader.submit(() -> readUntil(done, map));
      var random = new Random(5);
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      for (int version = 1; System.nanoTime() < end; version++) {
        for (int i = 0; i < KEYS / 10; i++) {
          int key = random.nextInt(KEYS);
          Change.Entry unused = map.put(KeyBytes.of(key), stamped(key, version));
        }
        file.beginCheckpoint();
        file.finishCheckpoint(1, _ -> {});
      }
      done.set(true);
      assertTrue(read.get() > KEYS);
    }
  }

  private static byte[] stamped(int key, int version) {
    return ByteBuffer.allocate(400).putInt(key).putInt(version).array();
  }

  /** How many were read; none may be of another key, or older than it was before. */
  private static int readUntil(AtomicBoolean done, LayeredMap map) {
    var random = new Random(6);
    int[] newest = new int[KEYS];
    int read = 0;
    while (!done.get()) {
      int key = random.nextInt(KEYS);
      ByteBuffer value = ByteBuffer.wrap(Objects.requireNonNull(map.get(KeyBytes.of(key))));
      assertEquals(key, value.getInt());
      int version = value.getInt();
      assertTrue(version >= newest[key], "key " + key + " went back");
      newest[key] = version;
      read++;
    }
    return read;
  }

  @Test
  void forgetsWhatItHeldWhenItIsMergedOrDropped() throws IOException {
    try (StoreFile file = StoreFile.open(directory, "")) {
      LayeredMap first = file.map("c0");
      LayeredMap second = file.map("c1");
      for (int i = 0; i < MANY; i++) {
        Change.Entry unused = first.put(KeyBytes.of(i), new byte[500]);
        unused = second.put(KeyBytes.of(i), new byte[500]);
      }
      long held = file.unsaved();
      assertTrue(held > 2 * MANY * 500);
      file.drop(second);
      assertEquals(held / 2, file.unsaved());
      assertThrows(MVStoreException.class, () -> second.put(KeyBytes.of(1), new byte[1]));

      file.checkpoint();

      assertEquals(0, file.unsaved());
      assertEquals(MANY, first.tree().sizeAsLong());
      assertFalse(file.store().hasMap("c1"));
    }
  }

  /** As when the disk is full in the middle and the owner ends the program. */
  @Test
  void leavesNothingOfACheckpointThatHadNoRoom() throws IOException {
    try (StoreFile file = StoreFile.open(directory, "")) {
      LayeredMap map = file.map("c0");
      for (int i = 0; i < 2 * MANY; i++) {
        Change.Entry unused = map.put(KeyBytes.of(i), new byte[500]);
        if (i == MANY) {
          file.beginCheckpoint();
          assertThrows(RuntimeException.class, () -> file.finishCheckpoint(1, _ -> refuse()));
          assertThrows(IllegalStateException.class, file::beginCheckpoint);
        }
      }
      assertEquals(2 * MANY, map.size());
    }
    try (StoreFile file = StoreFile.open(directory, "")) {
      assertEquals(2 * MANY, file.map("c0").size());
      assertEquals(2 * MANY, file.map("c0").tree().sizeAsLong());
    }
  }

  private static void refuse() {
    throw new RuntimeException("no room");
  }

  @Test
  void bringsBackEveryMapWhenOneOfThemRefuses() {
    try (StoreFile file = StoreFile.open(directory, "")) {
      LayeredMap documents = file.map("c0");
      LayeredMap index = file.map("i1");
      Turn first = turn(documents, index, 0);
      assertTrue(first.settle());
      Turn second = turn(documents, index, MANY);
      file.drop(index);

      assertThrows(MVStoreException.class, second::settle);
      // The documents are made before the entries, so without this they stay.
      assertEquals(2 * MANY, documents.size());
      second.undo();

      assertEquals(MANY, documents.size());
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
  private static Turn turn(LayeredMap documents, LayeredMap index, int from) {
    var turn = new Turn(documents);
    for (int i = from + MANY - 1; i >= from; i--) {
      byte[] key = ByteBuffer.allocate(4).putInt(i).array();
      turn.change(key, new byte[300], true);
      turn.change(index, StoredIndex.entry(new byte[] {(byte) i}, key), new byte[0], true);
    }
    return turn;
  }

  private static List<LayeredMap.Edit> edits(
      List<Item<byte[]>> batch, TreeMap<byte[], byte[]> model) {
    return batch.stream()
        // Nobody removes what is not there.
        .filter(item -> item.value() != null || model.containsKey(item.key()))
        .map(
            item ->
                new LayeredMap.Edit(
                    new Change.Entry("c0", item.key(), item.value()),
                    !model.containsKey(item.key())))
        .toList();
  }

  private static void assertSame(
      TreeMap<byte[], byte[]> model, View view, Random random, String where) {
    assertEquals(model.size(), view.size(), where);
    assertGoesOver(model, view.cursor(null, false), where);
    assertGoesOver(model.descendingMap(), view.cursor(null, true), where);
    byte[] from = key(random);
    byte[] to = key(random);
    assertGoesOver(model.tailMap(from, true), view.cursor(from, false), where);
    assertGoesOver(model.headMap(from, true).descendingMap(), view.cursor(from, true), where);
    assertArrayEquals(model.get(from), view.get(from), where);
    boolean known = model.keySet().stream().anyMatch(key -> KeyBytes.startsWith(key, from));
    assertTrue(view.mayHavePrefix(from) || !known, where);
    if (Arrays.compareUnsigned(from, to) < 0) {
      var ranges = List.of(new Plan.KeyRange(null, from), new Plan.KeyRange(from, to));
      assertEquals(model.headMap(to, false).size(), view.count(ranges), where);
      var end = List.of(new Plan.KeyRange(from, null));
      assertEquals(model.tailMap(from, true).size(), view.count(end), where);
    }
  }

  private static byte[] key(Random random) {
    int number = random.nextInt(3_000);
    return ByteBuffer.allocate(4 + number % 30).putInt(number).array();
  }

  private static void assertGoesOver(
      NavigableMap<byte[], byte[]> expected, View.Cursor cursor, String where) {
    for (var entry : expected.entrySet()) {
      assertTrue(cursor.next(), where);
      assertArrayEquals(entry.getKey(), cursor.key(), where);
      assertArrayEquals(entry.getValue(), cursor.value(), where);
    }
    assertFalse(cursor.next(), where);
  }
}
