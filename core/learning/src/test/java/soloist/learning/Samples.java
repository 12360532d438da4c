package soloist.learning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/** The sample files that ship, as textbook recipes read them. */
final class Samples {
  private static final Path FOLDER =
      Path.of("..", "..", "plugins", "connector-csv", "src", "main", "resources", "samples");

  private Samples() {}

  /** A row each, by the names of the columns. */
  static List<Map<String, String>> lines(String file) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(file));
    String[] heads = lines.getFirst().split(",", -1);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              Map<String, String> row = new HashMap<>();
              IntStream.range(0, heads.length).forEach(i -> row.put(heads[i].strip(), cells[i]));
              return row;
            })
        .toList();
  }

  static Matrix numbers(List<Map<String, String>> lines, String... columns) {
    return new Matrix(
        lines.size(),
        columns.length,
        lines.stream()
            .flatMapToDouble(
                line ->
                    DoubleStream.of(
                        Arrays.stream(columns)
                            .mapToDouble(column -> number(line, column))
                            .toArray()))
            .toArray());
  }

  static int[] labels(String file, String column) throws IOException {
    return lines(file).stream().mapToInt(line -> (int) number(line, column)).toArray();
  }

  /** NaN where nothing is known. */
  static double number(Map<String, String> line, String column) {
    String cell = line.getOrDefault(column, "");
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }
}
