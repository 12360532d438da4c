package soloist.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.bson.Document;

/**
 * B9: this store against the library's memory and H2 backends, through the same driver, one after
 * the other in each round of one run. Prints one JSON object a line. Arguments: documents (20,000),
 * rounds (5), the reference (memory or h2).
 */
final class Bench {
  private static final long SEED = 9;

  private final int n;
  private final int rounds;
  private final String reference;

  private Bench(int n, int rounds, String reference) {
    this.n = n;
    this.rounds = rounds;
    this.reference = reference;
  }

  public static void main(String[] arguments) throws IOException {
    int n = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    new Bench(n, rounds, arguments.length > 2 ? arguments[2] : "memory").run();
  }

  /** A server with a client, filled. */
  private static final class Side implements AutoCloseable {
    private final Runnable server;
    private final MongoClient client;
    private final MongoCollection<Document> filled;
    private final MongoCollection<Document> scratch;
    private final long heap;
    private int next;

    Side(Runnable server, String uri, int n) {
      this.server = server;
      long before = heap();
      client = MongoClients.create(uri);
      filled = client.getDatabase("bench").getCollection("filled");
      scratch = client.getDatabase("bench").getCollection("scratch");
      for (var collection : List.of(filled, scratch)) {
        collection.createIndex(new Document("segment", 1));
        collection.createIndex(new Document("score", 1));
        collection.createIndex(new Document("email", 1), new IndexOptions().unique(true));
      }
      for (int from = 0; from < n; from += 1000) {
        filled.insertMany(documents(from, Math.min(1000, n - from)));
      }
      heap = heap() - before;
    }

    private static long heap() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
      client.close();
      server.run();
    }
  }

  private static List<Document> documents(int from, int count) {
    var documents = new ArrayList<Document>();
    for (int i = from; i < from + count; i++) {
      documents.add(document(i, i));
    }
    return documents;
  }

  private static Document document(int id, int value) {
    return new Document("_id", "id" + id)
        .append("email", "person" + id + "@example.org")
        .append("segment", "segment" + id / 100)
        .append("score", value)
        .append("text", "t".repeat(350));
  }

  private static Side side(String kind, int n) throws IOException {
    Path directory = Files.createTempDirectory("bench");
    switch (kind) {
      case "ours" -> {
        EmbeddedMongo store = EmbeddedMongo.open(directory);
        return new Side(store::close, store.uri(), n);
      }
      case "h2" -> {
        var server = new MongoServer(new H2Backend(directory.resolve("h2.mv").toString()));
        return new Side(server::shutdownNow, server.bindAndGetConnectionString(), n);
      }
      default -> {
        var server = new MongoServer(new MemoryBackend());
        return new Side(server::shutdownNow, server.bindAndGetConnectionString(), n);
      }
    }
  }

  /** One thing that is measured, in microseconds an operation. */
  private interface Work {
    double micros(Side side);
  }

  private void run() throws IOException {
    try (Side ours = side("ours", n);
        Side theirs = side(reference, n)) {
      boolean memory = reference.equals("memory");
      boolean h2 = reference.equals("h2");
      compare("insertMany1000", ours, theirs, memory ? 1.3 : 0.33, this::insert);
      compare("read1", ours, theirs, memory ? 1.4 : 0.33, side -> reads(side, 1, 800));
      compare("read16", ours, theirs, memory ? 1.0 : 0.25, side -> reads(side, 16, 150));
      compare("in512", ours, theirs, memory ? 1.15 : 0.125, this::in);
      compare("replace512", ours, theirs, memory ? 1.3 : 0.33, this::replace);
      compare("update1", ours, theirs, memory ? 6 : 1, side -> updates(side, 1, 300));
      compare("update16", ours, theirs, memory ? 2.5 : 0.5, side -> updates(side, 16, 60));
      double sync = syncMicros();
      print("update1OverSync", updates(ours, 1, 300), sync, "us", 3);
      print("update16OverSync", updates(ours, 16, 60), sync, "us", 1.5);
      compare(
          "findByIndex", ours, theirs, memory ? 0.025 : 0.0002, side -> byIndex(side, h2 ? 1 : 3));
      if (memory) {
        compare("rangeSortLimit", ours, theirs, 0.01, side -> range(side, 3));
      }
      print("heap", ours.heap, theirs.heap, "B", memory ? 1 / 6.0 : 1);
    }
  }

  private void compare(String id, Side ours, Side theirs, double target, Work work) {
    work.micros(ours);
    work.micros(theirs);
    double[] mine = new double[rounds];
    double[] other = new double[rounds];
    double[] ratio = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      mine[i] = work.micros(ours);
      other[i] = work.micros(theirs);
      ratio[i] = mine[i] / other[i];
    }
    print(id, median(mine), median(other), "us", target, median(ratio));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private void print(String id, double ours, double theirs, String unit, double target) {
    print(id, ours, theirs, unit, target, ours / theirs);
  }

  private void print(
      String id, double ours, double theirs, String unit, double target, double ratio) {
    System.out.printf(
        Locale.ROOT,
        "{\"id\":\"B9.%s\",\"n\":%d,\"ours\":%.1f,\"reference\":%.1f,\"against\":\"%s\","
            + "\"unit\":\"%s\",\"ratio\":%.4f,\"better\":\"lower\",\"target\":%.4f,\"met\":%b,"
            + "\"rounds\":%d,\"seed\":%d}%n",
        id,
        n,
        ours,
        theirs,
        reference,
        unit,
        ratio,
        target,
        ratio <= target,
        rounds,
        SEED);
  }

  private static double timed(int operations, Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1000.0 / operations;
  }

  private static double threads(int threads, int each, IntConsumer work) {
    var done = new CountDownLatch(threads);
    return timed(
        threads * each,
        () -> {
          for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int i = 0; i < each; i++) {
                        work.accept(thread * each + i);
                      }
                      done.countDown();
                    });
          }
          try {
            done.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private double insert(Side side) {
    List<List<Document>> batches = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      batches.add(documents(1_000_000 + side.next, 1000));
      side.next += 1000;
    }
    return timed(5, () -> batches.forEach(side.scratch::insertMany));
  }

  private double reads(Side side, int threads, int each) {
    var random = new Random(SEED);
    int[] ids = random.ints(threads * each, 0, n).toArray();
    return threads(
        threads, each, i -> side.filled.find(new Document("_id", "id" + ids[i])).first());
  }

  private double in(Side side) {
    var random = new Random(SEED);
    return timed(
        10,
        () -> {
          for (int i = 0; i < 10; i++) {
            List<String> ids = random.ints(512, 0, n).mapToObj(id -> "id" + id).toList();
            side.filled.find(new Document("_id", new Document("$in", ids))).into(new ArrayList<>());
          }
        });
  }

  private double replace(Side side) {
    var random = new Random(SEED);
    List<List<WriteModel<Document>>> bulks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<WriteModel<Document>> bulk = new ArrayList<>();
      for (int j = 0; j < 512; j++) {
        int id = random.nextInt(n);
        bulk.add(
            new ReplaceOneModel<>(new Document("_id", "id" + id), document(id, random.nextInt(n))));
      }
      bulks.add(bulk);
    }
    return timed(4, () -> bulks.forEach(side.filled::bulkWrite));
  }

  private double updates(Side side, int threads, int each) {
    return threads(
        threads,
        each,
        i ->
            side.filled.updateOne(
                new Document("_id", "id" + (i * 31) % n),
                new Document("$inc", new Document("count", 1))));
  }

  /** What the disk itself takes to keep 12 KB, the size of a commit of one document. */
  private static double syncMicros() throws IOException {
    Path file = Files.createTempFile("sync", ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      for (int i = 0; i < 300; i++) {
        channel.write(ByteBuffer.allocate(12 * 1024), i * 12L * 1024);
        channel.force(true);
      }
      return (System.nanoTime() - start) / 1000.0 / 300;
    } finally {
      Files.delete(file);
    }
  }

  private double byIndex(Side side, int times) {
    return timed(
        times,
        () -> {
          for (int i = 0; i < times; i++) {
            side.filled
                .find(new Document("segment", "segment" + (i * 17) % (n / 100)))
                .into(new ArrayList<>());
          }
        });
  }

  private double range(Side side, int times) {
    return timed(
        times,
        () -> {
          for (int i = 0; i < times; i++) {
            side.filled
                .find(new Document("score", new Document("$gte", n / 2 + i)))
                .sort(new Document("score", 1))
                .limit(100)
                .into(new ArrayList<>());
          }
        });
  }
}
