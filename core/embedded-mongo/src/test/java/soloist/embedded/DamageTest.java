package soloist.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is torn or flipped is left out or refused, never read as data, and never costs anything that
 * was acknowledged without a word.
 */
class DamageTest {
  private static final int BATCHES = 60;
  private static final boolean SLOW = Boolean.getBoolean("soloist.slow");
  private static final int FLIPS = SLOW ? 20_000 : 40;
  private static final int BLOCK = 4096;
  private static final int REFUSED = -1;

  private static final List<List<byte[]>> WRITTEN =
      IntStream.range(0, BATCHES)
          .mapToObj(batch -> batch(batch).stream().map(DamageTest::bytes).toList())
          .toList();

  /** So many batches are in the maps, and the rest in the log only. */
  private static final int IN_MAPS = 40;

  @TempDir Path directory;

  /** As a kill would leave it. */
  private static Image running;

  private static Image closed;

  /** The note as it was when the last record of the log was not yet synced. */
  private static byte[] noteBefore;

  /** As a kill would leave it before the last checkpoint, and before that is noted. */
  private static Image beforeCheckpoint;

  private static Image checkpointWritten;
  private int number;

  @BeforeAll
  static void write(@TempDir Path own) throws IOException {
    try (Served served = Served.in(own)) {
      served.collection("idle").insertOne(new Document("_id", "from the first commit on"));
      var collection = served.collection("c");
      collection.createIndex(new Document("batch", 1));
      for (int batch = 0; batch < BATCHES; batch++) {
        noteBefore = Files.readAllBytes(own.resolve(SyncedNote.FILE));
        collection.insertMany(batch(batch));
        if (batch < IN_MAPS) {
          beforeCheckpoint = Image.of(own);
          served.store().engine().commit().checkpoints().now();
          Image after = Image.of(own);
          checkpointWritten =
              beforeCheckpoint
                  .with(StoreFile.FILE, after.maps())
                  .with(after.log(), after.files().get(after.log()));
        }
      }
      running = Image.of(own);
    }
    closed = Image.of(own);
  }

  private static List<Document> batch(int batch) {
    var documents = new ArrayList<Document>();
    for (int i = 0; i < 10; i++) {
      documents.add(
          new Document("_id", batch * 10 + i)
              .append("batch", batch)
              .append("text", "t".repeat(100)));
    }
    return documents;
  }

  private static byte[] bytes(Document document) {
    var bytes = new RawBsonDocument(document, new DocumentCodec()).getByteBuffer();
    return Arrays.copyOf(bytes.array(), bytes.remaining());
  }

  private Path laid(Image image) throws IOException {
    return image.laid(directory.resolve("copy" + number++));
  }

  /** How many batches can be read, each of them whole and right, by collection and by index. */
  private int readable(Image image) throws IOException {
    Path own = laid(image);
    StoreFile file;
    try {
      file = StoreFile.open(own, "");
    } catch (StoreException e) {
      assertTrue(e.getMessage().startsWith("The store in " + own), e.getMessage());
      Image left = Image.of(own);
      image.files().forEach((name, bytes) -> assertArrayEquals(bytes, left.files().get(name)));
      return REFUSED;
    }
    try {
      return readable(new Catalog(file));
    } catch (MVStoreException _) {
      return REFUSED;
    } finally {
      file.abandon();
      Folder.delete(own);
    }
  }

  private static int readable(Catalog catalog) {
    StoredCollection collection = catalog.find("test", "c");
    if (collection == null) {
      return 0;
    }
    int count = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      var filter = Filter.of(new de.bwaldvogel.mongo.bson.Document("batch", batch));
      Scan byIndex = collection.scan(filter, null);
      if (byIndex.hasNext()) {
        for (byte[] expected : WRITTEN.get(batch)) {
          assertArrayEquals(expected, byIndex.next().bytes());
        }
        assertFalse(byIndex.hasNext());
        count++;
      }
    }
    Scan all = collection.scan(Filter.of(null), null);
    for (int i = 0; i < count * 10; i++) {
      all.next();
    }
    assertFalse(all.hasNext());
    StoredCollection idle = catalog.find("test", "idle");
    assertTrue(idle != null && idle.count() == 1, "another collection is gone");
    return count;
  }

  @Test
  void leavesOutOnlyTheLastRecordWhenItIsTornBeforeItWasAcknowledged() throws IOException {
    Image unnoted = running.withNote(noteBefore);
    int last = lastRecord();
    for (int cut = 0; cut <= last; cut += SLOW || cut < 20 || cut > last - 20 ? 1 : 89) {
      assertEquals(
          cut == 0 ? BATCHES : BATCHES - 1,
          readable(unnoted.cut(running.log(), cut)),
          "cut " + cut + " of " + last);
    }
  }

  /** How long the last record of the log is. */
  private int lastRecord() {
    ByteBuffer log = ByteBuffer.wrap(running.files().get(running.log()));
    int length = 0;
    for (int at = LogSegment.HEAD; at < log.capacity(); at += length) {
      length = LogSegment.RECORD_HEAD + log.getInt(at) + LogSegment.RECORD_FOOT;
    }
    return length;
  }

  @Test
  void refusesAStoreThatLostSomethingAcknowledged() throws IOException {
    assertEquals(BATCHES, readable(running));
    assertEquals(BATCHES, readable(closed));
    for (int cut : IntStream.concat(IntStream.of(1, 2, 3, 8, 16, 63, 64), large()).toArray()) {
      assertEquals(REFUSED, readable(running.cut(running.log(), cut)), "cut " + cut);
      for (Image whole : List.of(running, closed)) {
        int found = readable(whole.cut(StoreFile.FILE, cut));

        assertTrue(found == BATCHES || found == REFUSED, "cut " + cut + ": " + found);
      }
    }
    for (Image whole : List.of(running, closed)) {
      assertEquals(REFUSED, readable(whole.cut(StoreFile.FILE, BLOCK)));
      assertEquals(REFUSED, readable(whole.without(whole.log())));
    }
  }

  private static IntStream large() {
    return IntStream.of(BLOCK, 2 * BLOCK, 4 * BLOCK, 16 * BLOCK);
  }

  @Test
  void saysHowToGoOnWithWhatCanBeRead() throws IOException {
    for (Image damaged :
        List.of(
            closed.cut(StoreFile.FILE, 20 * BLOCK),
            running.cut(running.log(), 2 * BLOCK),
            running.flipped(running.log(), 8L * 2 * BLOCK),
            running.without(running.log()))) {
      Path own = laid(damaged);

      var refused = assertThrows(StoreException.class, () -> EmbeddedMongo.open(own));

      assertTrue(refused.getMessage().endsWith("delete store.synced there."), refused.getMessage());
      Files.delete(own.resolve(SyncedNote.FILE));
      try (Served served = Served.in(own)) {
        long count = served.collection("c").countDocuments();
        assertTrue(count > 0 && count < BATCHES * 10, count + " documents");
        served.collection("c").insertOne(new Document("_id", "afterwards"));
      }
      try (Served served = Served.in(own)) {
        assertEquals(1, served.collection("c").countDocuments(new Document("_id", "afterwards")));
      }
    }
  }

  @Test
  void refusesADamagedRecordThatWholeOnesFollowEvenIfTheNoteIsOld() throws IOException {
    Image unnoted = running.withNote(noteBefore);
    long seed = System.nanoTime();
    var random = new Random(seed);
    int before = running.files().get(running.log()).length - lastRecord();
    for (int i = 0; i < FLIPS; i++) {
      long bit = random.nextLong(before * 8L);

      assertEquals(
          REFUSED, readable(unnoted.flipped(running.log(), bit)), "seed " + seed + ", bit " + bit);
    }
  }

  @Test
  void showsEverythingOrRefusesWhicheverBitFlips() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (Image whole : List.of(running, closed)) {
      int refused = 0;
      for (int i = 0; i < FLIPS; i++) {
        refused += flip(whole, random.nextLong(whole.maps().length * 8L), "seed " + seed);
      }
      assertTrue(refused < FLIPS, "everything was refused");
    }
    for (int i = 0; i < FLIPS; i++) {
      long bit = random.nextLong(running.files().get(running.log()).length * 8L);
      assertEquals(REFUSED, readable(running.flipped(running.log(), bit)), "seed " + seed);
    }
  }

  @Test
  void showsEverythingOrRefusesWhenTheHeadOrFootOfAChunkOrALayoutFlips() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int silent = 0;
    for (Image whole : List.of(running, closed)) {
      List<Integer> places = delicate(whole.maps());
      for (int i = 0; i < (SLOW ? places.size() * 20 : 60); i++) {
        long bit = places.get(random.nextInt(places.size())) * 8L + random.nextInt(8 * 60);
        flip(whole, bit, "seed " + seed);
        if (silent == 0) {
          int unnoted = readable(whole.flipped(StoreFile.FILE, bit).without(SyncedNote.FILE));
          silent = unnoted == BATCHES || unnoted == REFUSED ? 0 : 1;
        }
      }
    }
    assertEquals(1, silent, "no flip would have cost anything without the note");
  }

  /** Where MVStore keeps what leads to everything else, none of which has a checksum of ours. */
  private static List<Integer> delicate(byte[] file) {
    var text = new String(file, ISO_8859_1);
    var found = new ArrayList<Integer>();
    for (int at = 0; at < file.length; at += BLOCK) {
      if (text.startsWith("chunk:", at)) {
        found.add(at);
      }
      if (text.startsWith("chunk:", at + BLOCK - 128)) {
        found.add(at + BLOCK - 128);
      }
    }
    for (String entry : List.of("chunk.", "root.")) {
      for (int at = text.indexOf(entry); at >= 0; at = text.indexOf(entry, at + 400)) {
        found.add(at);
      }
    }
    assertTrue(found.size() > IN_MAPS * 2, found.size() + " places");
    return found;
  }

  /** One if the image with this bit flipped was refused, none if it holds all there was. */
  private int flip(Image whole, long bit, String where) throws IOException {
    int found = readable(whole.flipped(StoreFile.FILE, bit));

    assertTrue(found == BATCHES || found == REFUSED, where + ", bit " + bit + ": " + found);
    return found == REFUSED ? 1 : 0;
  }

  @Test
  void believesNoNoteThatIsDamaged() throws IOException {
    for (int bit = 0; bit < running.note().length * 8; bit += SLOW ? 1 : 7) {
      byte[] note = running.note().clone();
      note[bit / 8] ^= (byte) (1 << (bit % 8));

      assertEquals(BATCHES, readable(running.withNote(note)));
    }
  }

  @Test
  void saysSoWhenADocumentCannotBeRead() throws IOException {
    byte[] image = closed.maps().clone();
    var text = new String(image, ISO_8859_1);
    // The pages of the last commit are looked at when the store is opened.
    for (int at = text.indexOf("ttt"); at < image.length / 2; at = text.indexOf("ttt", at + 99)) {
      image[at] = 'u';
    }
    Path own = laid(closed.with(StoreFile.FILE, image));
    try (Served served = Served.in(own)) {
      var refused =
          assertThrows(
              MongoException.class, () -> served.collection("c").find().into(new ArrayList<>()));

      assertTrue(refused.getMessage().contains("could not be read"), refused.getMessage());
    }
  }

  /** The power failed while the maps were written, so the log before them is still there. */
  private Image tornCheckpoint() throws IOException {
    int chunk = (int) SyncedNote.read(laid(running)).at();
    return checkpointWritten.flipped(StoreFile.FILE, (chunk + 400) * 8L);
  }

  @Test
  void losesNothingByACheckpointThatIsTorn() throws IOException {
    assertEquals(IN_MAPS, readable(beforeCheckpoint));
    assertEquals(IN_MAPS, readable(checkpointWritten));
    assertEquals(IN_MAPS, readable(tornCheckpoint()));
  }

  @Test
  void keepsASecondProcessOutAfterATornCommitWasSetAside() throws IOException {
    Path own = laid(tornCheckpoint());
    EmbeddedMongo store = EmbeddedMongo.open(own);
    try (Stream<Path> files = Files.list(own)) {
      assertTrue(files.anyMatch(file -> file.toString().contains("store.aside-")));

      assertThrows(IOException.class, () -> Child.start("ours", own).close());
    } finally {
      store.close();
    }
  }

  @Test
  void refusesAFileOfAnotherKind() throws IOException {
    Path own = Files.createDirectories(directory.resolve("other"));
    Files.writeString(own.resolve(StoreFile.FILE), "not a store".repeat(2_000));

    var refused = assertThrows(StoreException.class, () -> EmbeddedMongo.open(own));

    assertEquals(StoreException.Kind.DAMAGED, refused.kind());
  }
}
