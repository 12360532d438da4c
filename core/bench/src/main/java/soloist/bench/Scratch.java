package soloist.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import soloist.config.Folders;

/**
 * A folder for what a measurement writes, which may be gigabytes, and which goes with it.
 *
 * @param folder is there and empty
 */
record Scratch(Path folder) implements AutoCloseable {
  /** Makes one among the files of the system that are for a while. */
  static Scratch of(String name) throws IOException {
    return new Scratch(Files.createTempDirectory("soloist-" + name));
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
