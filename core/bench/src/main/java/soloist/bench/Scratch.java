package soloist.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A folder for what a measurement writes, which may be gigabytes, and which goes with it.
 *
 * @param folder is there and empty
 */
public record Scratch(Path folder) implements AutoCloseable {
  /** Makes one among the files of the system that are for a while. */
  public static Scratch of(String name) throws IOException {
    return new Scratch(Files.createTempDirectory("soloist-" + name));
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException error)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
