package soloist.embedded;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * Whether the disk has room for more. Writes are refused while less than a reserve is free, since
 * the file cannot be used any more once a write to it has failed; when one has failed all the same,
 * they are refused until a trial shows that the disk takes some again.
 */
final class Space {
  static final long RESERVE = 32L << 20;
  private static final int TRIAL = 1 << 20;

  private final Path directory;
  private final String trial;
  private final FileStore disk;
  private final long reserve;
  private final ReentrantLock trying = new ReentrantLock();
  private volatile boolean isShort;
  private volatile long needed;
  private volatile @Nullable Throwable failure;

  Space(Path directory, EmbeddedMongo.Settings settings) {
    this.directory = directory;
    this.trial = settings.scheme() + directory.resolve("store.trial").toAbsolutePath();
    this.reserve = settings.reserve();
    try {
      this.disk = Files.getFileStore(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks how much is left; to be called from time to time while there is enough. */
  void look() {
    isShort = isShort || free() < reserve + needed;
  }

  /** Refuses to write so much now, and others to write anything until there is room for it. */
  void check(long bytes) {
    needed = bytes;
    look();
    check();
    needed = 0;
  }

  /** Notes that a write has failed: the disk refused it, or there was no memory for it. */
  void refused(Throwable cause) {
    failure = cause;
  }

  /** Refuses to go on while the disk has no room. */
  void check() {
    if (sentence().isPresent()) {
      throw refusal();
    }
  }

  MongoServerError refusal() {
    return refusal(failure);
  }

  /** For who comes when a write had failed for this. */
  MongoServerError refusal(@Nullable Throwable cause) {
    return Refusal.of(14031, "OutOfDiskSpace", told(cause));
  }

  /** For a command that was under way when the disk refused. */
  MongoServerError refusalOfChanged() {
    String kept = " What this command changed can be read and is written then.";
    return Refusal.of(14031, "OutOfDiskSpace", told(failure) + kept);
  }

  /** Why nothing is written now, for the owner. */
  Optional<String> sentence() {
    return (isShort || failure != null) && !hasRoomAgain()
        ? Optional.of(told(failure))
        : Optional.empty();
  }

  private String told(@Nullable Throwable failed) {
    Throwable cause = failed == null ? null : first(failed);
    if (cause instanceof OutOfMemoryError) {
      return "The memory of this process was too small to write the store in "
          + directory
          + " ("
          + cause.getMessage()
          + "). Nothing is lost, and writing goes on by itself; if this comes again, give it more"
          + " memory.";
    }
    return "The disk that holds the store in "
        + directory
        + " is full: "
        + (free() >> 20)
        + " MB are free"
        + (cause == null ? "" : " (" + reason(cause) + ")")
        + ". Nothing more is written, reading goes on; make room for at least "
        + ((reserve + needed) >> 20)
        + " MB and writing goes on by itself.";
  }

  private static Throwable first(Throwable last) {
    Throwable first = last;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first;
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private boolean hasRoomAgain() {
    if (free() < reserve + needed) {
      return false;
    }
    // One that is tried at this moment may have begun before there was room.
    trying.lock();
    try {
      if (failure != null && !takesSome()) {
        return false;
      }
      failure = null;
      isShort = false;
      return true;
    } finally {
      trying.unlock();
    }
  }

  private boolean takesSome() {
    FilePath file = FilePath.get(trial);
    try (FileChannel channel = file.open("rw")) {
      channel.write(ByteBuffer.allocate(TRIAL), 0);
      channel.force(true);
      return channel.size() == TRIAL;
    } catch (IOException | RuntimeException _) {
      return false;
    } finally {
      file.delete();
    }
  }

  private long free() {
    try {
      return disk.getUsableSpace();
    } catch (IOException _) {
      // Whoever cannot tell does not stand in the way; the write itself will say.
      return Long.MAX_VALUE;
    }
  }
}
