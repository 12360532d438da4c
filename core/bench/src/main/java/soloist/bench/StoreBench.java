package soloist.bench;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.bson.Document;

/**
 * B9: the store in the process against mongo-java-server's memory backend, which keeps nothing, or
 * its H2 backend, which syncs nothing; or, for growth, against itself with 10,000 documents. All
 * through the same driver, one after the other in each round of one run.
 */
final class StoreBench {
  static final long SEED = 9;
  static final int USUAL = 200_000;
  static final int GROWN = 1_000_000;
  private static final int SMALL = 10_000;
  private static final int ROUNDS = 5;

  private final int n;
  private final StoreSide.Kind reference;
  private final List<Figure> figures = new ArrayList<>();

  StoreBench(int n, StoreSide.Kind reference) {
    this.n = n;
    this.reference = reference;
  }

  /** One thing that is measured, in microseconds an operation. */
  private interface Work {
    double micros(StoreSide side);
  }

  List<Figure> run() throws IOException {
    try (StoreSide ours = StoreSide.filled(StoreSide.Kind.OURS, n);
        StoreSide theirs = StoreSide.filled(reference, n)) {
      boolean memory = reference == StoreSide.Kind.MEMORY;
      compare("insert1000", ours, theirs, memory ? 0.6 : 0.33, StoreBench::insert);
      compare("read1", ours, theirs, memory ? 1.4 : 0.33, side -> reads(side, 1, 800));
      compare("read16", ours, theirs, memory ? 1 : 0.25, side -> reads(side, 16, 150));
      compare("in512", ours, theirs, memory ? 0.4 : 0.125, StoreBench::in);
      compare("replace512", ours, theirs, memory ? 0.45 : 0.33, StoreBench::replace);
      compare("update1", ours, theirs, memory ? 6 : 1, side -> updates(side, 1, 300));
      compare("update16", ours, theirs, memory ? 2.5 : 0.5, side -> updates(side, 16, 60));
      compare("find-by-index", ours, theirs, memory ? 0.025 : 0.0002, StoreBench::byIndex);
      if (memory) {
        compare("range-sort-limit", ours, theirs, 0.01, StoreBench::range);
      }
      add("heap", new double[] {ours.heap()}, new double[] {theirs.heap()}, "B", 1 / 6.0);
    }
    return figures;
  }

  /** What an operation costs with n documents against what it costs with 10,000. */
  List<Figure> growth() throws IOException {
    try (StoreSide large = StoreSide.filled(StoreSide.Kind.OURS, n);
        StoreSide small = StoreSide.filled(StoreSide.Kind.OURS, SMALL)) {
      compare("growth-read", large, small, 1.25, side -> reads(side, 1, 2_000));
      compare("growth-insert1000", large, small, 1.5, StoreBench::insert);
      compare("growth-replace512", large, small, 1.5, StoreBench::replace);
      compare("growth-in512", large, small, 2, StoreBench::in);
    }
    return figures;
  }

  private void compare(String id, StoreSide ours, StoreSide theirs, double target, Work work) {
    work.micros(ours);
    work.micros(theirs);
    double[] mine = new double[ROUNDS];
    double[] other = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      mine[i] = work.micros(ours);
      other[i] = work.micros(theirs);
    }
    add(id, mine, other, "us", target);
  }

  private void add(String id, double[] ours, double[] theirs, String unit, double target) {
    String words = "ratio <= " + Math.round(target * 10_000) / 10_000.0;
    figures.add(new Figure("B9." + id, n, ours, theirs, unit, "lower", words, SEED));
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

  /** Into the collection that is filled, so that what is there already counts. */
  private static double insert(StoreSide side) {
    List<List<Document>> batches = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      batches.add(side.next(1000));
    }
    return timed(5, () -> batches.forEach(side.filled()::insertMany));
  }

  private static double reads(StoreSide side, int threads, int each) {
    int[] ids = new Random(SEED).ints(threads * each, 0, side.n()).toArray();
    return threads(
        threads, each, i -> side.filled().find(new Document("_id", "id" + ids[i])).first());
  }

  private static double in(StoreSide side) {
    var random = new Random(SEED);
    return timed(
        10,
        () -> {
          for (int i = 0; i < 10; i++) {
            List<String> ids = random.ints(512, 0, side.n()).mapToObj(id -> "id" + id).toList();
            var query = new Document("_id", new Document("$in", ids));
            side.filled().find(query).into(new ArrayList<>());
          }
        });
  }

  private static double replace(StoreSide side) {
    var random = new Random(SEED);
    List<List<WriteModel<Document>>> bulks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<WriteModel<Document>> bulk = new ArrayList<>();
      for (int j = 0; j < 512; j++) {
        int id = random.nextInt(side.n());
        Document changed = StoreSide.document(id, random.nextInt(side.n()));
        bulk.add(new ReplaceOneModel<>(new Document("_id", "id" + id), changed));
      }
      bulks.add(bulk);
    }
    return timed(4, () -> bulks.forEach(side.filled()::bulkWrite));
  }

  private static double updates(StoreSide side, int threads, int each) {
    return threads(
        threads,
        each,
        i ->
            side.filled()
                .updateOne(
                    new Document("_id", "id" + (i * 31) % side.n()),
                    new Document("$inc", new Document("count", 1))));
  }

  private static double byIndex(StoreSide side) {
    int times = side.kind() == StoreSide.Kind.H2 ? 1 : 3;
    return timed(
        times,
        () -> {
          for (int i = 0; i < times; i++) {
            String segment = "segment" + (i * 17) % (side.n() / 100);
            side.filled().find(new Document("segment", segment)).into(new ArrayList<>());
          }
        });
  }

  private static double range(StoreSide side) {
    return timed(
        3,
        () -> {
          for (int i = 0; i < 3; i++) {
            side.filled()
                .find(new Document("score", new Document("$gte", side.n() / 2 + i)))
                .sort(new Document("score", 1))
                .limit(100)
                .into(new ArrayList<>());
          }
        });
  }
}
