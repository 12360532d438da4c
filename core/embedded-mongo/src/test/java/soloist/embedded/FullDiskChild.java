package soloist.embedded;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bson.Document;

/** What happens on a small file system of its own; ends with 0 if all of it was right. */
final class FullDiskChild {
  private FullDiskChild() {}

  public static void main(String[] arguments) throws IOException {
    Path disk = Path.of(arguments[0]);
    // With a reserve it refuses before the disk does, without one a write fails.
    for (long reserve : new long[] {Space.RESERVE, 0}) {
      stand(disk, reserve);
    }
    System.exit(0);
  }

  private static void stand(Path disk, long reserve) throws IOException {
    var usual = EmbeddedMongo.Settings.USUAL;
    var settings =
        new EmbeddedMongo.Settings(
            0, "", true, usual.clock(), usual.upkeep(), usual.idleCursor(), reserve);
    Path ballast = disk.resolve("ballast");
    try (Served served = Served.in(disk.resolve("store" + reserve), settings);
        var batches = new Batches(served.store().uri(), 4, 0)) {
      Wait.until("some writes", Duration.ofSeconds(60), () -> batches.acknowledged().size() >= 20);
      fill(ballast);
      batches.join();
      try {
        served.collection("others").insertOne(new Document("_id", 1));
        throw new AssertionError("the disk is not full");
      } catch (MongoCommandException e) {
        expect(e.getErrorCode() == 14031, e.getMessage());
      }
      MongoCollection<Document> collection = Batches.collection(served.client());
      expectWhole(collection, batches);

      Files.delete(ballast);
      long freed = System.nanoTime();
      Wait.until("writes", Duration.ofSeconds(30), () -> isWritten(served));
      System.out.printf(
          "{\"test\":\"full disk\",\"reserve\":%d,\"acknowledged\":%d,\"recoveredMs\":%d}%n",
          reserve, batches.acknowledged().size(), (System.nanoTime() - freed) / 1_000_000);
      expectWhole(collection, batches);
      expect(served.collection("others").countDocuments() == 1, "the write after it is gone");
    }
  }

  private static boolean isWritten(Served served) {
    try {
      served.collection("others").insertOne(new Document("_id", 2));
      return true;
    } catch (MongoCommandException e) {
      expect(e.getErrorCode() == 14031, e.getMessage());
      return false;
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (byte[] some = new byte[1 << 16]; true; ) {
        out.write(some);
      }
    } catch (IOException e) {
      expect(String.valueOf(e.getMessage()).contains("No space left"), e.toString());
    }
  }

  private static void expectWhole(MongoCollection<Document> collection, Batches batches) {
    Batches.Findings findings = Batches.check(collection, batches.acknowledged());
    expect(findings.missing().isEmpty(), "missing " + findings.missing());
    expect(findings.half().equals(List.of()), "half " + findings.half());
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
