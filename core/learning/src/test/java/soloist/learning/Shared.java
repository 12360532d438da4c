package soloist.learning;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Public data sets, where they lie beside the repository or where {@code -Dsoloist.data} says. */
public final class Shared {
  private static final Path FOLDER =
      Path.of(System.getProperty("soloist.data", "../../../shared/data"));

  private Shared() {}

  /** The cells of a file, by line; a test that needs one that is not there is skipped. */
  public static List<List<String>> lines(String file, String separator) {
    Path path = FOLDER.resolve(file);
    assumeTrue(Files.isRegularFile(path), "the data set is not there: " + path);
    try (var lines = Files.lines(path)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .map(line -> Arrays.asList(line.split(separator, -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
