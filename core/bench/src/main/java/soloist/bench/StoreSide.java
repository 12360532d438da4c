package soloist.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import soloist.embedded.EmbeddedMongo;

/** A store with a client, filled with documents of 500 bytes. */
final class StoreSide implements AutoCloseable {
  /** Which store. */
  enum Kind {
    OURS,
    MEMORY,
    H2,

    /** Answers and does nothing, so that it shows what the driver takes. */
    NOTHING
  }

  private final Kind kind;
  private final Runnable server;
  private final MongoClient client;
  private final MongoCollection<Document> filled;
  private final int n;
  private final long heap;
  private final Random random = new Random(StoreBench.SEED);
  private int next;

  private StoreSide(Kind kind, int n, Runnable server, String uri) {
    this.kind = kind;
    this.n = n;
    this.next = n;
    this.server = server;
    long before = usedHeap();
    client = MongoClients.create(uri);
    filled = client.getDatabase("bench").getCollection("filled");
    filled.createIndex(new Document("segment", 1));
    filled.createIndex(new Document("score", 1));
    filled.createIndex(new Document("email", 1), new IndexOptions().unique(true));
    for (int from = 0; from < n && kind != Kind.NOTHING; from += 1000) {
      filled.insertMany(documents(from, Math.min(1000, n - from)));
    }
    heap = usedHeap() - before;
  }

  static StoreSide filled(Path folder, Kind kind, int n) throws IOException {
    Path directory = Files.createTempDirectory(folder, "side");
    if (kind == Kind.OURS) {
      EmbeddedMongo store = EmbeddedMongo.open(directory);
      return new StoreSide(kind, n, store::close, store.uri());
    }
    if (kind == Kind.NOTHING) {
      var nothing = new AnsweringServer();
      return new StoreSide(kind, n, nothing::close, nothing.uri());
    }
    var server =
        new MongoServer(
            kind == Kind.H2
                ? new H2Backend(directory.resolve("h2.mv").toString())
                : new MemoryBackend());
    return new StoreSide(kind, n, server::shutdownNow, server.bindAndGetConnectionString());
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  static Document document(int id, int value) {
    return new Document("_id", "id" + id)
        .append("email", "person" + id + "@example.org")
        .append("segment", "segment" + id / 100)
        .append("score", value)
        .append("text", "t".repeat(350));
  }

  private static List<Document> documents(int from, int count) {
    var documents = new ArrayList<Document>();
    for (int i = from; i < from + count; i++) {
      documents.add(document(i, i));
    }
    return documents;
  }

  /** Documents that are not there yet. */
  List<Document> next(int count) {
    next += count;
    return documents(next - count, count);
  }

  /** How many documents have been stored. */
  int documents() {
    return next;
  }

  /**
   * The same for every side, and other values each time: what is replaced by itself changes
   * nothing, and what was just read is at hand.
   */
  Random random() {
    return random;
  }

  Kind kind() {
    return kind;
  }

  int n() {
    return n;
  }

  MongoCollection<Document> filled() {
    return filled;
  }

  /** What holding the documents takes of the heap, in bytes. */
  long heap() {
    return heap;
  }

  @Override
  public void close() {
    client.close();
    server.run();
  }
}
