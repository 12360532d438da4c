package soloist.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other processes out of a directory while a store in it is open. MVStore locks its own file,
 * but on Linux that lock goes as soon as this process closes any other channel to the same file.
 */
record DirectoryLock(FileChannel channel) implements AutoCloseable {
  private static final String FILE = "store.lock";

  static DirectoryLock on(Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return new DirectoryLock(channel);
        }
      } catch (OverlappingFileLockException _) {
        // It is this same process that has it.
      }
      channel.close();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "The store in " + directory + " may not be written to.", e);
    }
    throw Holder.inUse(directory);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
