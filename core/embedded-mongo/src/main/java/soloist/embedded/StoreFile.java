package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** The one file, opened so that only {@link GroupCommit} ever writes to it, and checked first. */
final class StoreFile implements AutoCloseable {
  /**
   * The steps from each format to the next, the first from format 1 to 2: added to when what older
   * versions wrote can no longer be read as it is. Each is one commit.
   */
  static final List<Consumer<StoreFile>> STEPS = List.of();

  static final int FORMAT = 1 + STEPS.size();

  static final String FILE = "store.mv";

  private static final Logger LOG = System.getLogger(StoreFile.class.getName());

  /**
   * Small pages: a durable write of one document writes its whole page anew, and the space of the
   * old one is held back for the retention time.
   */
  private static final int PAGE_BYTES = 4096;

  private static final int MEGABYTE = 1024 * 1024;

  private static final int FILL_RATE = 60;
  private static final int COMPACT_BYTES = 4 * MEGABYTE;

  private final Path directory;
  private final ChunkFile chunks;
  private final MVStore store;
  private final Map<String, MVMap<byte[], byte[]>> maps = new ConcurrentSkipListMap<>();
  private @Nullable DirectoryLock lock;
  private @Nullable FileChannel note;
  private SyncedNote committed = SyncedNote.NONE;

  private StoreFile(Path directory, String scheme, boolean readOnly) {
    this.directory = directory;
    int cache = (int) Math.clamp(Runtime.getRuntime().maxMemory() / MEGABYTE / 12, 8L, 40L);
    chunks = new ChunkFile(cache, PAGE_BYTES);
    chunks.open(scheme + directory.resolve(FILE).toAbsolutePath(), readOnly, null);
    boolean opened = false;
    try {
      store =
          new MVStore.Builder()
              .adoptFileStore(chunks)
              // Without the second the library commits by itself once enough has gathered, also in
              // the middle of a command.
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      opened = true;
    } finally {
      if (!opened) {
        chunks.letGo();
      }
    }
  }

  /**
   * Opens or creates the file.
   *
   * @param scheme what is put before the path, which lets a test lay a file system under it
   */
  static StoreFile open(Path directory, String scheme) {
    return open(directory, scheme, STEPS);
  }

  static StoreFile open(Path directory, String scheme, List<Consumer<StoreFile>> steps) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "The directory " + directory + " cannot be made.", e);
    }
    DirectoryLock lock = DirectoryLock.on(directory);
    try {
      boolean existed = Files.exists(directory.resolve(FILE));
      StoreFile file =
          opened(
              directory,
              scheme,
              false,
              opening -> {
                opening.checkFormat(existed, 1 + steps.size());
                new OpeningCheck(opening, directory).run(SyncedNote.read(directory));
                opening.note = SyncedNote.open(directory);
                opening.upgrade(steps);
              });
      file.lock = lock;
      Holder.note(directory);
      return file;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Opens the file to look at it as it is: nothing is mended, upgraded or written. */
  static StoreFile openToRead(Path directory) {
    if (!Files.exists(directory.resolve(FILE))) {
      throw new StoreException(
          StoreException.Kind.FAILED, "There is no store in " + directory + ".");
    }
    return opened(
        directory,
        "",
        true,
        opening -> {
          opening.checkFormat(true, FORMAT);
          new OpeningCheck(opening, directory).look(SyncedNote.read(directory));
        });
  }

  private interface Opening {
    void check(StoreFile file) throws IOException;
  }

  private static StoreFile opened(
      Path directory, String scheme, boolean readOnly, Opening opening) {
    StoreFile file = null;
    boolean done = false;
    try {
      file = new StoreFile(directory, scheme, readOnly);
      if (!readOnly && file.chunks.isReadOnly()) {
        throw new StoreException(
            StoreException.Kind.FAILED, "The store in " + directory + " may not be written to.");
      }
      opening.check(file);
      done = true;
      return file;
    } catch (MVStoreException e) {
      throw translated(directory, e);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      // Whatever the library stumbles over, or runs in circles for, is what the file holds.
      throw damaged(directory, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (file != null && !done) {
        file.letGo();
      }
    }
  }

  private static StoreException translated(Path directory, MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED -> Holder.inUse(directory);
      case DataUtils.ERROR_UNSUPPORTED_FORMAT -> newer(directory, "a newer format");
      case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED ->
          new StoreException(
              StoreException.Kind.FAILED,
              "The disk refused the store in " + directory + ": " + e.getMessage(),
              e);
      default -> damaged(directory, e);
    };
  }

  private static StoreException newer(Path directory, String format) {
    return new StoreException(
        StoreException.Kind.NEWER,
        "The store in "
            + directory
            + " has "
            + format
            + ", but this version knows formats up to "
            + FORMAT
            + " only; update before opening it.");
  }

  StoreException damaged(Throwable cause) {
    return damaged(directory, cause);
  }

  private static StoreException damaged(Path directory, Throwable cause) {
    return new StoreException(
        StoreException.Kind.DAMAGED,
        "The store in "
            + directory
            + " is damaged and was left as it is; put a backup in its place. ("
            + (cause.getMessage() == null ? cause.toString() : cause.getMessage())
            + ")",
        cause);
  }

  private void checkFormat(boolean existed, int newest) {
    int format = store.getStoreVersion();
    if (format > newest) {
      throw newer(directory, "format " + format);
    }
    if (format == 0 && existed && store.getCurrentVersion() > 0) {
      throw damaged(new IllegalStateException("its format is not recorded"));
    }
    if (format == 0) {
      store.setStoreVersion(newest);
      store.commit();
      store.sync();
      // The file's own name must survive a power cut too.
      Folder.sync(directory);
    }
  }

  private void upgrade(List<Consumer<StoreFile>> steps) {
    for (int format = store.getStoreVersion(); format <= steps.size(); format++) {
      steps.get(format - 1).accept(this);
      store.setStoreVersion(format + 1);
      store.commit();
      store.sync();
      LOG.log(Level.INFO, "The store in {0} now has format {1}.", directory, format + 1);
    }
  }

  MVStore store() {
    return store;
  }

  ChunkFile chunks() {
    return chunks;
  }

  MVMap<byte[], byte[]> map(String name) {
    MVMap<byte[], byte[]> map =
        store.openMap(
            name,
            new MVMap.Builder<byte[], byte[]>()
                .keyType(SealedBytes.KEYS)
                .valueType(SealedBytes.VALUES));
    maps.put(name, map);
    return map;
  }

  /** Opens every map there is. */
  void openMaps() {
    store.getMapNames().forEach(this::map);
  }

  Iterable<MVMap<byte[], byte[]>> maps() {
    return maps.values();
  }

  /** A checksum over which maps there are and where they begin; all must be open. */
  int roots() {
    maps.values().removeIf(MVMap::isClosed);
    var crc = new CRC32C();
    maps.forEach(
        (name, map) -> {
          crc.update(name.getBytes(UTF_8));
          crc.update(ByteBuffer.allocate(12).putInt(map.getId()).putLong(root(map)).flip());
        });
    return (int) crc.getValue();
  }

  private static long root(MVMap<byte[], byte[]> map) {
    return map.getRootPage().getPos();
  }

  /** Writes all changes as one chunk; to be called while nobody changes anything. */
  void commit() {
    store.commit();
    ChunkFile.Written newest = chunks.newest();
    committed =
        new SyncedNote(newest.version(), newest.at(), newest.length(), newest.checksum(), roots());
  }

  /** Returns when what was committed is on disk and noted. Only the caller of commit may call. */
  void sync() {
    store.sync();
    if (committed.version() > 0 && note != null) {
      try {
        committed.write(note);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  long sizeOnDisk() {
    return store.getFileStore().size();
  }

  /** One bounded step towards a denser file; true when there may be more to do. */
  boolean compact() {
    return store.compact(FILL_RATE, COMPACT_BYTES);
  }

  /** Closes in order, with everything on disk. */
  @Override
  public void close() {
    if (store.isClosed()) {
      return;
    }
    commit();
    sync();
    store.close();
    try {
      if (note != null) {
        // From here on what it promises is exact after a power cut too.
        note.force(true);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The orderly close could not be noted.", e);
    }
    letGo();
  }

  /** Lets go of the file as it is, after a write failed. */
  void abandon() {
    store.closeImmediately();
    letGo();
  }

  private void letGo() {
    chunks.letGo();
    try (var _ = note;
        var _ = lock) {
      if (lock != null) {
        Holder.forget(directory);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The note did not close", e);
    }
  }

  static boolean awaitTermination(java.util.concurrent.ExecutorService executor) {
    try {
      return executor.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
