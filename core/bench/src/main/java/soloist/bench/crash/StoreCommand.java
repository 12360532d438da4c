package soloist.bench.crash;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bson.Document;
import soloist.config.Folders;
import soloist.embedded.EmbeddedMongo;
import soloist.embedded.Progress;
import soloist.embedded.StoreCheck;

/**
 * {@code test store [--rounds n] [--seed S] [--json]}: kills the embedded store under eight writers
 * at random moments, over and over on the same folder, and counts what was acknowledged and is not
 * there, and commands that are there by half. In the end the whole store is checked.
 */
public final class StoreCommand {
  /** The options that it knows beside {@code json}. */
  public static final Set<String> OPTIONS = Set.of("rounds", "seed");

  private static final int WRITERS = 8;
  private static final int DOCUMENTS = 20;
  private static final int MOST_BATCHES = 120;

  /** So that writers do not wait for a server that is gone for good. */
  private static final String GONE_SOON = "&serverSelectionTimeoutMS=500";

  // Held, because the logging framework forgets the level of a logger that nobody refers to.
  private static final Logger CHATTER = Logger.getLogger("org.mongodb.driver");

  private final Path folder;
  private final RandomGenerator random;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private long found;
  private long half;

  private StoreCommand(Path folder, long seed) {
    this.folder = folder;
    random = new Random(seed);
  }

  /** Returns the exit code. */
  public static int run(Map<String, String> options, PrintStream out)
      throws IOException, InterruptedException {
    CHATTER.setLevel(Level.SEVERE);
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "50"));
    long seed = Long.parseLong(options.getOrDefault("seed", "1"));
    Path folder = Files.createTempDirectory("soloist-store");
    var test = new StoreCommand(folder.resolve("store"), seed);
    for (int round = 0; round < rounds; round++) {
      test.round(round);
    }
    long faults = StoreCheck.run(test.folder, Progress.SILENT).faults().size();
    long lost = test.acknowledged.size() - test.found;
    JsonObject result =
        new JsonObject()
            .put("ok", lost == 0 && test.half == 0 && faults == 0 && test.found > rounds)
            .put("acknowledged", test.acknowledged.size())
            .put("found", test.found)
            .put("lost", lost)
            .put("half", test.half)
            .put("faults", faults)
            .put("kills", rounds)
            .put("writers", WRITERS)
            .put("seed", seed);
    if (options.containsKey("json")) {
      out.println(result.encode());
    } else {
      result.forEach(entry -> out.printf("%-14s %s%n", entry.getKey(), entry.getValue()));
    }
    if (!result.getBoolean("ok")) {
      System.err.println("The store is kept in " + folder);
      return 1;
    }
    Folders.delete(folder);
    return 0;
  }

  private void round(int round) throws IOException, InterruptedException {
    int enough = acknowledged.size() + 1 + random.nextInt(MOST_BATCHES);
    Path log = folder.resolveSibling("store.log");
    List<String> command =
        Shipped.here().server(EmbeddedProcess.class, folder.toAbsolutePath().toString());
    try (Child store = Child.start("store", command, log);
        MongoClient client = MongoClients.create(store.await("listening") + GONE_SOON);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = round + "-" + writer;
        writers.execute(() -> write(batches(client), name));
      }
      while (acknowledged.size() < enough) {
        Thread.sleep(1);
      }
      store.kill();
    }
    try (EmbeddedMongo opened = EmbeddedMongo.open(folder);
        MongoClient client = MongoClients.create(opened.uri())) {
      count(batches(client));
    }
  }

  private static MongoCollection<Document> batches(MongoClient client) {
    return client.getDatabase("soloist").getCollection("batches");
  }

  /** Inserts batches until the store is gone. */
  private void write(MongoCollection<Document> batches, String name) {
    for (int number = 0; ; number++) {
      String batch = name + "-" + number;
      try {
        batches.insertMany(
            IntStream.range(0, DOCUMENTS)
                .mapToObj(i -> new Document("_id", batch + "-" + i).append("batch", batch))
                .toList());
      } catch (MongoException | IllegalStateException _) {
        return;
      }
      acknowledged.add(batch);
    }
  }

  private void count(MongoCollection<Document> batches) {
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    batches
        .find()
        .batchSize(1_000)
        .forEach(document -> counts.merge(document.getString("batch"), 1, Integer::sum));
    List<String> whole = new ArrayList<>(acknowledged);
    whole.removeIf(batch -> counts.getOrDefault(batch, 0) != DOCUMENTS);
    found = whole.size();
    half = counts.values().stream().filter(count -> count != DOCUMENTS).count();
  }
}
