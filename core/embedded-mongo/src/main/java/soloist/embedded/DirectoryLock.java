package soloist.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other processes out of a directory while a store in it is open. MVStore locks its own file,
 * but on Linux that lock goes as soon as this process closes any other channel to the same file.
 */
record DirectoryLock(Path directory, FileChannel channel) implements AutoCloseable {
  private static final String FILE = "store.lock";

  /** Those of this process: to try a lock one has means to lose it when the trial is closed. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  static DirectoryLock on(Path directory) {
    Path own = directory.toAbsolutePath().normalize();
    if (!HELD.add(own)) {
      throw Holder.inUse(directory);
    }
    boolean held = false;
    try {
      FileChannel channel =
          FileChannel.open(own.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        held = true;
        return new DirectoryLock(own, channel);
      }
      channel.close();
      throw Holder.inUse(directory);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "The store in " + directory + " may not be written to.", e);
    } finally {
      if (!held) {
        HELD.remove(own);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      HELD.remove(directory);
    }
  }
}
