package soloist.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.cluster.KMeans;
import soloist.learning.data.Matrix;
import soloist.learning.predict.Classifier;
import soloist.learning.predict.LogisticRegression;
import soloist.learning.predict.RandomForest;

/**
 * B6: processor time of learning beside scikit-learn's in the same run, on the same numbers, one
 * thread each. Before a time counts, both results have to be equally good.
 */
final class ProfilersBench implements AutoCloseable {
  private static final int ROUNDS = 5;
  private static final long SEED = 6;
  private static final int GROUPS = 8;
  private static final int TREES = 100;
  private static final int LEAF = 5;
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path folder;
  private final LearningSide scikit;

  /**
   * Starts the other side.
   *
   * @throws IllegalStateException when there is no scikit-learn; the message says what to install
   */
  ProfilersBench(Path folder) throws IOException {
    this.folder = folder;
    Path script = folder.resolve("profilers.py");
    try (InputStream in =
        Objects.requireNonNull(ProfilersBench.class.getResourceAsStream("profilers.py"))) {
      Files.copy(in, script);
    }
    scikit = scikit(script);
  }

  private static LearningSide scikit(Path script) {
    for (String each : List.of("python3", "/usr/bin/python3")) {
      try {
        return new LearningSide(List.of(each, script.toString()));
      } catch (IOException | IllegalStateException _) {
        // the next may have it
      }
    }
    throw new IllegalStateException(
        "this is held against scikit-learn, which python3 does not find: install python3-sklearn");
  }

  static long processorNanos() {
    return MACHINE.getProcessCpuTime();
  }

  /** Twenty of Lloyd's iterations from the first rows; the sum of squared distances. */
  static double kMeans(Matrix data) {
    var search = new KMeans.Search(GROUPS, 1, 20, 0, SEED, 1, () -> true);
    int[] first = IntStream.range(0, GROUPS).toArray();
    return KMeans.from(data, data.rows(first), search).inertia();
  }

  private interface Task {
    /** How good what it has learnt is. */
    double run();
  }

  /** One of the two that are held against each other. */
  private interface Side {
    LearningSide.Result run(String task);
  }

  /** Rows of people in groups, with a label that depends on some columns. */
  private record Data(Matrix rows, int[] labels) {
    static Data of(int rows, int columns) {
      Random random = new Random(SEED);
      double[] values = new double[rows * columns];
      int[] labels = new int[rows];
      for (int row = 0; row < rows; row++) {
        int group = row % GROUPS;
        double sum = 0;
        for (int column = 0; column < columns; column++) {
          double value = (group >> (column % 3) & 1) * 3 + random.nextGaussian();
          values[row * columns + column] = value;
          sum += column % 2 == 0 ? value : -value / 2;
        }
        labels[row] = sum + 2 * random.nextGaussian() > columns * 0.4 ? 1 : 0;
      }
      return new Data(new Matrix(rows, columns, values), labels);
    }

    Data part(int from, int until) {
      int[] chosen = IntStream.range(from, until).toArray();
      return new Data(rows.rows(chosen), Arrays.copyOfRange(labels, from, until));
    }
  }

  /**
   * @param smile a folder with the jars of Smile, to hold FP-growth against
   */
  List<Figure> run(int n, Optional<Path> smile) throws IOException {
    List<Figure> figures = new ArrayList<>();
    Data wide = Data.of(n, 8);
    Data many = Data.of(n, 20);
    figures.add(compared("kmeans", wide, () -> kMeans(wide.rows()), 0.001, "ratio <= 2.0"));
    try (var vectors = new LearningSide(VectorKMeans.command())) {
      figures.add(compared("kmeans", "kmeans-vectors", wide, vectors::run, 0.001, "ratio <= 1.0"));
      figures.add(compared("kmeans", "kmeans-vectors-20", many, vectors::run, 0.001, "stated"));
      double[] peak = {vectors.peakMegabytes()};
      double[] other = {scikit.peakMegabytes()};
      figures.add(new Figure("B6-memory-20", n, peak, other, "MB", "lower", "<= 1024 MB", SEED));
    }
    Data people = Data.of(Math.max(1_000, n / 10), 20);
    int half = people.labels().length / 2;
    Data known = people.part(0, half);
    Data unseen = people.part(half, people.labels().length);
    figures.add(
        compared(
            "forest",
            people,
            () ->
                accuracy(
                    RandomForest.fit(known.rows(), known.labels(), 2, TREES, LEAF, SEED), unseen),
            0.02,
            "stated"));
    figures.add(
        compared(
            "logistic",
            many,
            () -> accuracy(LogisticRegression.fit(many.rows(), many.labels(), 2, 1), many),
            0.002,
            "stated"));
    figures.add(BasketsBench.fpGrowth(n, ROUNDS, SEED, smile));
    return figures;
  }

  private static double accuracy(Classifier classifier, Data data) {
    int right = 0;
    for (int row = 0; row < data.labels().length; row++) {
      right +=
          classifier.chances(data.rows().row(row))[1] > 0.5 == (data.labels()[row] == 1) ? 1 : 0;
    }
    return (double) right / data.labels().length;
  }

  private Figure compared(String name, Data data, Task task, double tolerance, String target)
      throws IOException {
    return compared(
        name,
        name,
        data,
        _ -> {
          long before = processorNanos();
          double good = task.run();
          return new LearningSide.Result((processorNanos() - before) / 1e9, good);
        },
        tolerance,
        target);
  }

  private Figure compared(
      String name, String id, Data data, Side side, double tolerance, String target)
      throws IOException {
    Path values = folder.resolve(name + ".values");
    Path labels = folder.resolve(name + ".labels");
    write(data, values, labels);
    String task =
        String.join(
            "\t",
            name,
            Integer.toString(data.rows().rows()),
            Integer.toString(data.rows().columns()),
            values.toString(),
            labels.toString());
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    side.run(task);
    for (int round = 0; round < ROUNDS; round++) {
      LearningSide.Result our = side.run(task);
      LearningSide.Result their = scikit.run(task);
      if (Math.abs(our.good() - their.good()) > tolerance * Math.abs(their.good())) {
        throw new IllegalStateException(
            id + " came to " + our.good() + ", scikit-learn to " + their.good());
      }
      ours[round] = our.seconds();
      theirs[round] = their.seconds();
    }
    return new Figure("B6-" + id, data.rows().rows(), ours, theirs, "cpu s", "lower", target, SEED);
  }

  private static void write(Data data, Path values, Path labels) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(values)))) {
      for (double value : data.rows().values()) {
        out.writeDouble(value);
      }
    }
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(labels)))) {
      for (int label : data.labels()) {
        out.writeInt(label);
      }
    }
  }

  @Override
  public void close() {
    scikit.close();
  }
}
