package soloist.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Files that must be there after a power cut, or be gone. */
final class Folder {
  private static final Logger LOG = System.getLogger(Folder.class.getName());

  private Folder() {}

  /** Makes the names in a directory last. */
  static void sync(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "this file system does not sync directories", e);
    }
  }

  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  /** Deletes a file, or a directory and the files in it. */
  static void delete(Path path) {
    try {
      if (Files.isDirectory(path)) {
        list(path).forEach(Folder::delete);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.log(Level.WARNING, path + " could not be deleted", e);
    }
  }
}
