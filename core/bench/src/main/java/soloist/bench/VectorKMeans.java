package soloist.bench;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import soloist.learning.data.Matrix;

/** K-means in a virtual machine with vectors: a {@link LearningSide} of our own. */
final class VectorKMeans {
  private VectorKMeans() {}

  /** One gigabyte at most, whatever the size. */
  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules",
        "jdk.incubator.vector",
        "-Xmx1g",
        "-cp",
        System.getProperty("java.class.path"),
        VectorKMeans.class.getName());
  }

  public static void main(String[] arguments) throws IOException {
    try (var tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("ready");
      for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
        String[] words = task.split("\t", -1);
        Matrix data = read(Path.of(words[3]), Integer.parseInt(words[1]), words[2]);
        long before = ProfilersBench.processorNanos();
        double inertia = ProfilersBench.kMeans(data);
        System.out.println((ProfilersBench.processorNanos() - before) / 1e9 + " " + inertia);
      }
    }
  }

  private static Matrix read(Path file, int rows, String width) throws IOException {
    int columns = Integer.parseInt(width);
    double[] values = new double[rows * columns];
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
    }
    return new Matrix(rows, columns, values);
  }
}
