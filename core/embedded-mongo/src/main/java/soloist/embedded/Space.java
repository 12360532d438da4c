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
  private volatile @Nullable String failure;

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

  /** Notes that the disk has refused a write. */
  void refused(Throwable cause) {
    Throwable first = cause;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    failure = first.getMessage() == null ? first.toString() : first.getMessage();
  }

  /** Refuses to go on while the disk has no room. */
  void check() {
    if (sentence().isPresent()) {
      throw refusal();
    }
  }

  MongoServerError refusal() {
    return Refusal.of(14031, "OutOfDiskSpace", told());
  }

  /** For a command that was under way when the disk refused. */
  MongoServerError refusalOfChanged() {
    String kept = " What this command changed can be read and is written then.";
    return Refusal.of(14031, "OutOfDiskSpace", told() + kept);
  }

  /** Why nothing is written now, for the owner. */
  Optional<String> sentence() {
    return (isShort || failure != null) && !hasRoomAgain() ? Optional.of(told()) : Optional.empty();
  }

  private String told() {
    String cause = failure;
    return "The disk that holds the store in "
        + directory
        + " is full: "
        + (free() >> 20)
        + " MB are free"
        + (cause == null ? "" : " (" + cause + ")")
        + ". Nothing more is written, reading goes on; make room for at least "
        + ((reserve + needed) >> 20)
        + " MB and writing goes on by itself.";
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
