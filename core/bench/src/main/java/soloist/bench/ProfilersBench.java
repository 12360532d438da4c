package soloist.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
  private final Process python;
  private final BufferedReader answers;
  private final Writer tasks;

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
    Process started = null;
    for (String each : List.of("python3", "/usr/bin/python3")) {
      Process process = new ProcessBuilder(each, script.toString()).start();
      if ("ready".equals(process.inputReader(StandardCharsets.UTF_8).readLine())) {
        started = process;
        break;
      }
      process.destroy();
    }
    if (started == null) {
      throw new IllegalStateException(
          "this is held against scikit-learn, which python3 does not find: install python3-sklearn");
    }
    python = started;
    answers = python.inputReader(StandardCharsets.UTF_8);
    tasks = python.outputWriter(StandardCharsets.UTF_8);
  }

  private interface Task {
    /** How good what it has learnt is. */
    double run();
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

  List<Figure> run(int n) throws IOException {
    List<Figure> figures = new ArrayList<>();
    Data wide = Data.of(n, 8);
    var search = new KMeans.Search(GROUPS, 1, 20, 0, SEED, 1, () -> true);
    Matrix first = wide.part(0, GROUPS).rows();
    figures.add(
        compared(
            "kmeans",
            wide,
            () -> KMeans.from(wide.rows(), first, search).inertia(),
            0.001,
            "ratio <= 2.0"));
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
    Data many = Data.of(n, 20);
    figures.add(
        compared(
            "logistic",
            many,
            () -> accuracy(LogisticRegression.fit(many.rows(), many.labels(), 2, 1), many),
            0.002,
            "stated"));
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
    Path values = folder.resolve(name + ".values");
    Path labels = folder.resolve(name + ".labels");
    write(data, values, labels);
    String line =
        String.join(
                "\t",
                name,
                Integer.toString(data.rows().rows()),
                Integer.toString(data.rows().columns()),
                values.toString(),
                labels.toString())
            + "\n";
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    task.run();
    for (int round = 0; round < ROUNDS; round++) {
      long before = MACHINE.getProcessCpuTime();
      double good = task.run();
      ours[round] = (MACHINE.getProcessCpuTime() - before) / 1e9;
      tasks.write(line);
      tasks.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("scikit-learn ended at " + name);
      }
      String[] told = answer.split(" ", 2);
      theirs[round] = Double.parseDouble(told[0]);
      double reference = Double.parseDouble(told[1]);
      if (Math.abs(good - reference) > tolerance * Math.abs(reference)) {
        throw new IllegalStateException(
            name + " came to " + good + ", scikit-learn to " + reference);
      }
    }
    return new Figure(
        "B6-" + name, data.rows().rows(), ours, theirs, "cpu s", "lower", target, SEED);
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
    python.destroy();
  }
}
