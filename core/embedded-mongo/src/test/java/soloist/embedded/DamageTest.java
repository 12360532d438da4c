package soloist.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import java.io.IOException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is torn or flipped is left out or refused, never read as data, and never costs anything that
 * was acknowledged without a word.
 */
class DamageTest {
  private static final int BATCHES = 60;
  private static final boolean SLOW = Boolean.getBoolean("soloist.slow");
  private static final int FLIPS = SLOW ? 20_000 : 60;
  private static final int BLOCK = 4096;
  private static final int REFUSED = -1;

  private static final List<List<byte[]>> WRITTEN =
      IntStream.range(0, BATCHES)
          .mapToObj(batch -> batch(batch).stream().map(DamageTest::bytes).toList())
          .toList();

  @TempDir Path directory;
  private Image running;
  private Image closed;

  /** The note as it was when the last commit was not yet synced. */
  private byte[] noteBefore;

  private int number;

  /** What lies in the directory of a store. */
  private record Image(byte[] file, byte[] note) {
    static Image of(Path directory) throws IOException {
      return new Image(
          Files.readAllBytes(directory.resolve(StoreFile.FILE)),
          Files.readAllBytes(directory.resolve(SyncedNote.FILE)));
    }

    Image with(byte[] other) {
      return new Image(other, note);
    }

    Image cut(int bytes) {
      return with(Arrays.copyOf(file, file.length - bytes));
    }

    Image flipped(long bit) {
      byte[] image = file.clone();
      image[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
      return with(image);
    }
  }

  @BeforeEach
  void write() throws IOException {
    Path own = directory.resolve("whole");
    try (Served served = Served.in(own)) {
      served.collection("idle").insertOne(new Document("_id", "from the first commit on"));
      var collection = served.collection("c");
      collection.createIndex(new Document("batch", 1));
      for (int batch = 0; batch < BATCHES; batch++) {
        noteBefore = Image.of(own).note;
        collection.insertMany(batch(batch));
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
    Path own = Files.createDirectories(directory.resolve("copy" + number++));
    Files.write(own.resolve(StoreFile.FILE), image.file);
    if (image.note.length > 0) {
      Files.write(own.resolve(SyncedNote.FILE), image.note);
    }
    return own;
  }

  /** How many batches can be read, each of them whole and right, by collection and by index. */
  private int readable(Image image) throws IOException {
    Path own = laid(image);
    StoreFile file;
    try {
      file = StoreFile.open(own, "");
    } catch (StoreException e) {
      assertTrue(e.getMessage().startsWith("The store in " + own), e.getMessage());
      assertArrayEquals(image.file, Files.readAllBytes(own.resolve(StoreFile.FILE)));
      return REFUSED;
    }
    try {
      return readable(new Catalog(file));
    } catch (MVStoreException _) {
      return REFUSED;
    } finally {
      file.abandon();
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
  void leavesOutOnlyTheLastCommitWhenItIsTornBeforeItWasAcknowledged() throws IOException {
    int torn = 0;
    for (int cut = 1; cut <= 64; cut += SLOW ? 1 : 9) {
      int found = readable(new Image(running.file, noteBefore).cut(cut));

      assertTrue(found >= BATCHES - 1, "cut " + cut + ": " + found);
      torn += found == BATCHES ? 0 : 1;
    }
    assertTrue(torn > 0, "no cut took anything");
  }

  @Test
  void refusesAStoreThatLostAnAcknowledgedCommit() throws IOException {
    assertEquals(BATCHES, readable(running));
    assertEquals(BATCHES, readable(closed));
    for (Image whole : List.of(running, closed)) {
      for (int cut : IntStream.concat(IntStream.rangeClosed(1, 64), large()).toArray()) {
        int found = readable(whole.cut(cut));

        assertTrue(found == BATCHES || found == REFUSED, "cut " + cut + ": " + found);
      }
      assertEquals(REFUSED, readable(whole.cut(BLOCK)));
    }
  }

  private static IntStream large() {
    return IntStream.of(BLOCK, 2 * BLOCK, 4 * BLOCK, 16 * BLOCK);
  }

  @Test
  void saysHowToGoOnWithWhatCanBeRead() throws IOException {
    Path own = laid(running.cut(20 * BLOCK));

    var refused = assertThrows(StoreException.class, () -> EmbeddedMongo.open(own));

    assertTrue(refused.getMessage().endsWith("delete store.synced there."), refused.getMessage());
    Files.delete(own.resolve(SyncedNote.FILE));
    try (Served served = Served.in(own)) {
      long count = served.collection("c").countDocuments();
      assertTrue(count > 0 && count < BATCHES * 10, count + " documents");
    }
  }

  @Test
  void showsEverythingOrRefusesWhicheverBitFlips() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (Image whole : List.of(running, closed)) {
      int refused = 0;
      for (int i = 0; i < FLIPS; i++) {
        refused += flip(whole, random.nextLong(whole.file.length * 8L), "seed " + seed);
      }
      assertTrue(refused < FLIPS, "everything was refused");
    }
  }

  @Test
  void showsEverythingOrRefusesWhenTheHeadOrFootOfAChunkOrALayoutFlips() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int silent = 0;
    for (Image whole : List.of(running, closed)) {
      List<Integer> places = delicate(whole.file);
      for (int i = 0; i < (SLOW ? places.size() * 20 : 100); i++) {
        long bit = places.get(random.nextInt(places.size())) * 8L + random.nextInt(8 * 60);
        flip(whole, bit, "seed " + seed);
        if (silent == 0) {
          int unnoted = readable(new Image(whole.flipped(bit).file, new byte[0]));
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
    assertTrue(found.size() > BATCHES * 2, found.size() + " places");
    return found;
  }

  /** One if the image with this bit flipped was refused, none if it holds all there was. */
  private int flip(Image whole, long bit, String where) throws IOException {
    int found = readable(whole.flipped(bit));

    assertTrue(found == BATCHES || found == REFUSED, where + ", bit " + bit + ": " + found);
    return found == REFUSED ? 1 : 0;
  }

  @Test
  void believesNoNoteThatIsDamaged() throws IOException {
    for (int bit = 0; bit < running.note.length * 8; bit += SLOW ? 1 : 7) {
      byte[] note = running.note.clone();
      note[bit / 8] ^= (byte) (1 << (bit % 8));

      assertEquals(BATCHES, readable(new Image(running.file, note)));
    }
  }

  @Test
  void saysSoWhenADocumentCannotBeRead() throws IOException {
    byte[] image = closed.file.clone();
    var text = new String(image, ISO_8859_1);
    // The pages of the last commit are looked at when the store is opened.
    for (int at = text.indexOf("ttt"); at < image.length / 2; at = text.indexOf("ttt", at + 99)) {
      image[at] = 'u';
    }
    Path own = laid(closed.with(image));
    try (Served served = Served.in(own)) {
      var refused =
          assertThrows(
              MongoException.class, () -> served.collection("c").find().into(new ArrayList<>()));

      assertTrue(refused.getMessage().contains("could not be read"), refused.getMessage());
    }
  }

  @Test
  void keepsASecondProcessOutAfterATornCommitWasSetAside() throws IOException {
    int chunk = (int) SyncedNote.read(laid(running)).at();
    Path own = laid(new Image(running.file, noteBefore).flipped((chunk + 400) * 8L));
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
