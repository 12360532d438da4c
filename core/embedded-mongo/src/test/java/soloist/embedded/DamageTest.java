package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is torn or flipped is left out or refused, and never read as data. */
class DamageTest {
  private static final int BATCHES = 30;
  private static final int FLIPS = Boolean.getBoolean("soloist.slow") ? 1_000 : 30;

  @TempDir Path directory;
  private byte[] running;
  private byte[] closed;
  private String note;
  private int number;

  @BeforeEach
  void write() throws IOException {
    Path own = directory.resolve("whole");
    try (Served served = Served.in(own)) {
      var collection = served.collection("c");
      collection.createIndex(new Document("batch", 1));
      for (int batch = 0; batch < BATCHES; batch++) {
        collection.insertMany(batch(batch));
      }
      running = Files.readAllBytes(own.resolve(StoreFile.FILE));
    }
    closed = Files.readAllBytes(own.resolve(StoreFile.FILE));
    note = Files.readString(own.resolve(StoreFile.CLOSED));
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

  /** How many batches can be read, each of them whole and right; -1 when reading is refused. */
  private int readable(byte[] image, boolean wasClosed) throws IOException {
    Path own = Files.createDirectories(directory.resolve("copy" + number++));
    Files.write(own.resolve(StoreFile.FILE), image);
    if (wasClosed) {
      Files.writeString(own.resolve(StoreFile.CLOSED), note);
    }
    try (Served served = Served.in(own)) {
      MongoCollection<Document> collection = served.collection("c");
      int count = 0;
      for (int batch = 0; batch < BATCHES; batch++) {
        var byIndex = collection.find(new Document("batch", batch)).into(new ArrayList<>());
        if (!byIndex.isEmpty()) {
          assertEquals(batch(batch), byIndex);
          count++;
        }
      }
      assertEquals(count * 10, collection.find().into(new ArrayList<>()).size());
      return count;
    } catch (StoreException e) {
      assertTrue(e.getMessage().startsWith("The store in "), e.getMessage());
      return -1;
    } catch (MongoException e) {
      assertTrue(e.getMessage().contains("could not be read"), e.getMessage());
      return -1;
    }
  }

  @Test
  void leavesOutOnlyTheLastCommitWhenTheTailIsTornByACrash() throws IOException {
    for (int cut = 1; cut <= 64; cut += Boolean.getBoolean("soloist.slow") ? 1 : 9) {
      int found = readable(Arrays.copyOf(running, running.length - cut), false);

      assertTrue(found >= BATCHES - 1, "cut " + cut + ": " + found);
    }
  }

  @Test
  void refusesAStoreThatLostSomethingAfterItWasClosedInOrder() throws IOException {
    assertEquals(BATCHES, readable(closed, true));
    int lost = 0;
    for (int cut : new int[] {4096, 16384, 65536}) {
      int found = readable(Arrays.copyOf(closed, closed.length - cut), true);

      assertTrue(found == BATCHES || found == -1, "cut " + cut + ": " + found);
      lost += found == -1 ? 1 : 0;
    }
    assertTrue(lost > 0, "no cut took anything");
  }

  @Test
  void refusesAFlippedBitOrShowsEverythingOfAStoreThatWasClosed() throws IOException {
    assertTrue(flip(closed, true, BATCHES) < FLIPS, "everything was refused");
  }

  /** A flip may cost commits then: MVStore takes what it hits for torn and goes back before it. */
  @Test
  void neverReadsAFlippedBitAsDataAfterACrash() throws IOException {
    assertTrue(flip(running, false, 0) < FLIPS, "everything was refused");
  }

  /** How many of the flipped images were refused; all others hold at least so many batches. */
  private int flip(byte[] whole, boolean wasClosed, int least) throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] image = whole.clone();
      int bit = random.nextInt(image.length * 8);
      image[bit / 8] ^= (byte) (1 << (bit % 8));

      int found = readable(image, wasClosed);

      assertTrue(found == -1 || found >= least, "seed " + seed + ", bit " + bit + ": " + found);
      refused += found == -1 ? 1 : 0;
    }
    return refused;
  }

  @Test
  void refusesAFileOfAnotherKind() throws IOException {
    Path own = Files.createDirectories(directory.resolve("other"));
    Files.writeString(own.resolve(StoreFile.FILE), "not a store".repeat(2_000));

    var refused = assertThrows(StoreException.class, () -> EmbeddedMongo.open(own));

    assertEquals(StoreException.Kind.DAMAGED, refused.kind());
  }
}
