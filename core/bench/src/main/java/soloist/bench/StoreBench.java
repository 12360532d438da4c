package soloist.bench;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.bson.Document;

/**
 * B9: the store in the process against mongo-java-server's memory backend, which keeps nothing, or
 * its H2 backend, which syncs nothing, or a server that only answers, which shows what the driver
 * takes; or, for growth, against itself with 10,000 documents. All through the same driver, one
 * after the other in each round of one run, each by the clock and by the time of the processor.
 */
final class StoreBench {
  static final long SEED = 9;
  static final int USUAL = 200_000;
  static final int GROWN = 1_000_000;
  private static final int SMALL = 10_000;

  /** Enough that a few which something else disturbed do not move the median. */
  private static final int ROUNDS = 11;

  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** So many documents more than it says may be there after warming up. */
  private static final int MOST_MORE = 50_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What threads took that have ended, in nanoseconds. */
  private static final AtomicLong ENDED = new AtomicLong();

  private final Path folder;
  private final int n;
  private final StoreSide.Kind reference;
  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param folder for the stores
   * @param n documents in each
   */
  StoreBench(Path folder, int n, StoreSide.Kind reference) {
    this.folder = folder;
    this.n = n;
    this.reference = reference;
  }

  /** One thing that is measured. */
  private interface Work {
    Took micros(StoreSide side);
  }

  /**
   * What an operation took in microseconds.
   *
   * @param processor of all threads together, the driver's and the server's
   */
  private record Took(double wall, double processor) {}

  List<Figure> run() throws IOException {
    try (StoreSide ours = StoreSide.filled(folder, StoreSide.Kind.OURS, n);
        StoreSide theirs = StoreSide.filled(folder, reference, n)) {
      boolean memory = reference != StoreSide.Kind.H2;
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
      // Last, so that everything else finds as many documents as it says.
      compare("insert1000", ours, theirs, memory ? 0.6 : 0.33, StoreBench::insert);
      if (reference == StoreSide.Kind.NOTHING) {
        return figures;
      }
      add("heap", new double[] {ours.heap()}, new double[] {theirs.heap()}, "B", 1 / 6.0);
    }
    return figures;
  }

  /** What an operation costs with n documents against what it costs with 10,000. */
  List<Figure> growth() throws IOException {
    try (StoreSide large = StoreSide.filled(folder, StoreSide.Kind.OURS, n);
        StoreSide small = StoreSide.filled(folder, StoreSide.Kind.OURS, SMALL)) {
      compare("growth-read", large, small, 1.25, side -> reads(side, 1, 2_000));
      compare("growth-replace512", large, small, 1.5, StoreBench::replace);
      compare("growth-in512", large, small, 2, StoreBench::in);
      compare("growth-insert1000", large, small, 1.5, StoreBench::insert);
    }
    return figures;
  }

  private void compare(String id, StoreSide ours, StoreSide theirs, double target, Work work) {
    warm(ours, work);
    warm(theirs, work);
    double[][] mine = new double[2][ROUNDS];
    double[][] other = new double[2][ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      note(work.micros(ours), mine, i);
      note(work.micros(theirs), other, i);
    }
    add(id, mine[0], other[0], "us", target);
    figures.add(new Figure("B9." + id + "-cpu", n, mine[1], other[1], "us", "lower", "none", SEED));
  }

  /** Until it is compiled, as it is in a store that has been open for a while. */
  private static void warm(StoreSide side, Work work) {
    int before = side.documents();
    long end = System.nanoTime() + WARM_UP.toNanos();
    do {
      Took unused = work.micros(side);
    } while (System.nanoTime() < end && side.documents() < before + MOST_MORE);
  }

  private static void note(Took took, double[][] into, int round) {
    into[0][round] = took.wall;
    into[1][round] = took.processor;
  }

  private void add(String id, double[] ours, double[] theirs, String unit, double target) {
    String words = "ratio <= " + Math.round(target * 10_000) / 10_000.0;
    figures.add(new Figure("B9." + id, n, ours, theirs, unit, "lower", words, SEED));
  }

  private static Took timed(int operations, Runnable work) {
    long processor = processor();
    long start = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - start) / 1000.0 / operations;
    return new Took(wall, (processor() - processor) / 1000.0 / operations);
  }

  /**
   * What all threads have taken of the processor, but for those that compile and collect. The time
   * of the whole process would be told in hundredths of a second.
   */
  private static long processor() {
    long nanos = ENDED.get();
    for (long thread : THREADS.getAllThreadIds()) {
      nanos += Math.max(0, THREADS.getThreadCpuTime(thread));
    }
    return nanos;
  }

  private static Took threads(int threads, int each, IntConsumer work) {
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
                      long unused = ENDED.addAndGet(THREADS.getCurrentThreadCpuTime());
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
  private static Took insert(StoreSide side) {
    List<List<Document>> batches = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      batches.add(side.next(1000));
    }
    return timed(5, () -> batches.forEach(side.filled()::insertMany));
  }

  private static Took reads(StoreSide side, int threads, int each) {
    int[] ids = side.random().ints(threads * each, 0, side.n()).toArray();
    return threads(
        threads, each, i -> side.filled().find(new Document("_id", "id" + ids[i])).first());
  }

  private static Took in(StoreSide side) {
    Random random = side.random();
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

  private static Took replace(StoreSide side) {
    Random random = side.random();
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

  private static Took updates(StoreSide side, int threads, int each) {
    int[] ids = side.random().ints(threads * each, 0, side.n()).toArray();
    return threads(
        threads,
        each,
        i ->
            side.filled()
                .updateOne(
                    new Document("_id", "id" + ids[i]),
                    new Document("$inc", new Document("count", 1))));
  }

  private static Took byIndex(StoreSide side) {
    int times = side.kind() == StoreSide.Kind.H2 ? 1 : 3;
    return timed(
        times,
        () -> {
          for (int i = 0; i < times; i++) {
            String segment = "segment" + side.random().nextInt(side.n() / 100);
            side.filled().find(new Document("segment", segment)).into(new ArrayList<>());
          }
        });
  }

  private static Took range(StoreSide side) {
    return timed(
        3,
        () -> {
          for (int i = 0; i < 3; i++) {
            int from = side.random().nextInt(side.n() - 1_000);
            side.filled()
                .find(new Document("score", new Document("$gte", from)))
                .sort(new Document("score", 1))
                .limit(100)
                .into(new ArrayList<>());
          }
        });
  }
}
