package soloist.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What the embedded store stands on, without a wire and a query language: H2's MVStore against
 * SQLite through JDBC, with the accesses of the product. Each batch is on disk when it is done. The
 * driver of SQLite is no part of this program; it is taken from where Maven keeps what it has
 * fetched.
 */
final class EngineBench {
  static final int USUAL = 100_000;
  private static final int ROUNDS = 5;
  private static final int BATCH = 1_000;
  private static final int SOME = 512;

  private final Path folder;
  private final int n;
  private int next;

  /**
   * @param folder for both files
   * @param n rows
   */
  EngineBench(Path folder, int n) {
    this.folder = folder;
    this.n = n;
  }

  /** One document and what it has in an index. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(String id, String segment, byte[] document) {
    static Row of(int id, int segment) {
      byte[] document =
          ("{id:" + id + "," + "t".repeat(500) + "}").getBytes(StandardCharsets.UTF_8);
      return new Row("id" + id, "segment" + segment, document);
    }
  }

  /** An engine that is open. Whatever is changed is on disk when a call returns. */
  interface Engine extends AutoCloseable {
    void insert(List<Row> rows) throws SQLException;

    /** Replaces documents, whose entries in the index move. */
    void replace(List<Row> rows) throws SQLException;

    byte[] get(String id) throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /** One thing that is measured. */
  private interface Work {
    void run(Engine engine, Random random) throws SQLException;
  }

  /**
   * Runs it.
   *
   * @param driver the jar of SQLite's driver, if another than the newest that Maven has
   */
  List<Figure> run(Optional<Path> driver) throws IOException {
    Path jar = driver.orElseGet(EngineBench::fetched);
    try (Engine ours = new MvStoreEngine(folder.resolve("engine.mv"));
        Engine theirs = new SqliteEngine(folder.resolve("engine.sqlite"), jar)) {
      for (int from = 0; from < n; from += BATCH) {
        List<Row> rows = rows(from);
        ours.insert(rows);
        theirs.insert(rows);
      }
      next = n;
      List<Figure> figures = new ArrayList<>();
      figures.add(
          compare("insert1000", ours, theirs, 10, (engine, _) -> engine.insert(rows(next))));
      figures.add(compare("get", ours, theirs, 5_000, (engine, random) -> get(engine, random, 1)));
      figures.add(
          compare("get512", ours, theirs, 20, (engine, random) -> get(engine, random, SOME)));
      figures.add(compare("replace512", ours, theirs, 10, this::replace));
      return figures;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The newest driver among what Maven has fetched. */
  private static Path fetched() {
    Path kept = Path.of(System.getProperty("user.home"), ".m2/repository/org/xerial/sqlite-jdbc");
    try (Stream<Path> files = Files.exists(kept) ? Files.walk(kept) : Stream.empty()) {
      return files
          .filter(file -> file.getFileName().toString().matches("sqlite-jdbc-[0-9.]+\\.jar"))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "there is no driver of SQLite in "
                          + kept
                          + "; say --sqlite FILE, or fetch it: mvn dependency:get"
                          + " -Dartifact=org.xerial:sqlite-jdbc:3.50.3.0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> rows(int from) {
    List<Row> rows = new ArrayList<>();
    for (int i = from; i < from + BATCH; i++) {
      rows.add(Row.of(i, i / 100));
    }
    return rows;
  }

  private void get(Engine engine, Random random, int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      if (engine.get("id" + random.nextInt(n)).length == 0) {
        throw new IllegalStateException("a document is not there");
      }
    }
  }

  private void replace(Engine engine, Random random) throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < SOME; i++) {
      rows.add(Row.of(random.nextInt(n), random.nextInt(n)));
    }
    engine.replace(rows);
  }

  private Figure compare(String id, Engine ours, Engine theirs, int times, Work work)
      throws SQLException {
    double[] mine = new double[ROUNDS];
    double[] other = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      int first = next;
      double one = micros(ours, times, work, round);
      int last = next;
      next = first;
      double another = micros(theirs, times, work, round);
      next = last;
      if (round >= 0) {
        mine[round] = one;
        other[round] = another;
      }
    }
    return new Figure("engines." + id, n, mine, other, "us", "lower", "told", StoreBench.SEED);
  }

  /** Both do the same, by the same seed. */
  private double micros(Engine engine, int times, Work work, int round) throws SQLException {
    var random = new Random(StoreBench.SEED + round);
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      work.run(engine, random);
      next += BATCH;
    }
    return (System.nanoTime() - start) / 1000.0 / times;
  }
}
