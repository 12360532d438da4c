package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;

/**
 * The one file, opened so that only {@link GroupCommit} ever writes to it, and looked over first: a
 * last commit that did not reach the disk whole was never acknowledged and is left out, anything
 * else that is damaged is refused.
 */
final class StoreFile implements AutoCloseable {
  /**
   * The steps from each format to the next, the first from format 1 to 2: added to when what older
   * versions wrote can no longer be read as it is. Each is one commit.
   */
  static final List<Consumer<StoreFile>> STEPS = List.of();

  static final int FORMAT = 1 + STEPS.size();

  static final String FILE = "store.mv";

  /**
   * Written by an orderly close and removed by the next opening: the version that must be there.
   */
  static final String CLOSED = "store.closed";

  private static final Logger LOG = System.getLogger(StoreFile.class.getName());

  /**
   * Small pages: a durable write of one document writes its whole page anew, and the space of the
   * old one is held back for the retention time.
   */
  private static final int PAGE_BYTES = 4096;

  private static final int MEGABYTE = 1024 * 1024;

  private final Path directory;
  private final MVStore store;

  private StoreFile(Path directory, MVStore store) {
    this.directory = directory;
    this.store = store;
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
    boolean existed = Files.exists(directory.resolve(FILE));
    MVStore store = openStore(directory, scheme);
    var file = new StoreFile(directory, store);
    try {
      file.checkFormat(existed, 1 + steps.size());
      file.checkTail();
      Files.deleteIfExists(directory.resolve(CLOSED));
      file.upgrade(steps);
      Holder.note(directory);
      return file;
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw translated(directory, e);
    } catch (StoreException e) {
      store.closeImmediately();
      throw e;
    } catch (RuntimeException | AssertionError e) {
      // Whatever the library stumbles over, it is what the file holds.
      store.closeImmediately();
      throw damaged(directory, e);
    } catch (IOException e) {
      store.closeImmediately();
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the file to look at it as it is: nothing is mended, upgraded or written. */
  static StoreFile openToRead(Path directory) {
    Path path = directory.resolve(FILE);
    if (!Files.exists(path)) {
      throw new StoreException(
          StoreException.Kind.FAILED, "There is no store in " + directory + ".");
    }
    try {
      var file =
          new StoreFile(
              directory, new MVStore.Builder().fileName(path.toString()).readOnly().open());
      file.checkFormat(true, FORMAT);
      return file;
    } catch (MVStoreException e) {
      throw translated(directory, e);
    }
  }

  private static MVStore openStore(Path directory, String scheme) {
    int cache = (int) Math.clamp(Runtime.getRuntime().maxMemory() / MEGABYTE / 12, 8L, 40L);
    try {
      MVStore store =
          new MVStore.Builder()
              .fileName(scheme + directory.resolve(FILE).toAbsolutePath())
              .cacheSize(cache)
              .pageSplitSize(PAGE_BYTES)
              // Without the second the library commits by itself once enough has gathered, also in
              // the middle of a command.
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      if (store.getFileStore().isReadOnly()) {
        store.closeImmediately();
        throw new StoreException(
            StoreException.Kind.FAILED, "The store in " + directory + " may not be written to.");
      }
      return store;
    } catch (MVStoreException e) {
      throw translated(directory, e);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw damaged(directory, e);
    }
  }

  private static StoreException translated(Path directory, MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED -> Holder.inUse(directory, e);
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
      throw damaged(directory, new IllegalStateException("its format is not recorded"));
    }
    if (format == 0) {
      store.setStoreVersion(newest);
      store.commit();
      store.sync();
      // The file's own name must survive a power cut too.
      syncDirectory();
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

  private void syncDirectory() {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "this file system does not sync directories", e);
    }
  }

  /**
   * Reads every page of the last commit. MVStore has found its head and foot, which a power cut can
   * spare while it takes what lies between.
   */
  private void checkTail() throws IOException {
    long promised = promised();
    if (store.getCurrentVersion() < promised) {
      throw damaged(
          directory,
          new IllegalStateException(
              "it was closed at version "
                  + promised
                  + " but only version "
                  + store.getCurrentVersion()
                  + " can be read"));
    }
    long version = store.getCurrentVersion();
    try {
      readTail();
    } catch (RuntimeException | AssertionError e) {
      if (promised > 0) {
        throw damaged(directory, e);
      }
      Path aside = directory.resolve("store.aside-" + version + ".mv");
      Files.copy(directory.resolve(FILE), aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.log(
          Level.WARNING,
          "The last commit in {0} had not reached the disk whole and was left out; the file as it"
              + " was is kept in {1}.",
          directory,
          aside);
      store.rollbackTo(version - 1);
      readTail();
    }
  }

  private long promised() throws IOException {
    Path closed = directory.resolve(CLOSED);
    try {
      return Files.exists(closed) ? Long.parseLong(Files.readString(closed, UTF_8).strip()) : 0;
    } catch (NumberFormatException _) {
      // A torn note promises nothing; the store itself is checked either way.
      return 0;
    }
  }

  private void readTail() {
    for (String name : store.getMapNames()) {
      Page<byte[], byte[]> root = map(name).getRootPage();
      if (root.isSaved()) {
        readRecent(root, DataUtils.getPageChunkId(root.getPos()));
      }
    }
  }

  private static void readRecent(Page<byte[], byte[]> page, int chunk) {
    if (page.isLeaf()) {
      return;
    }
    for (int i = 0; i <= page.getKeyCount(); i++) {
      if (DataUtils.getPageChunkId(page.getChildPagePos(i)) == chunk) {
        readRecent(page.getChildPage(i), chunk);
      }
    }
  }

  MVStore store() {
    return store;
  }

  MVMap<byte[], byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<byte[], byte[]>()
            .keyType(SealedBytes.KEYS)
            .valueType(SealedBytes.VALUES));
  }

  long sizeOnDisk() {
    return store.getFileStore().size();
  }

  /** One bounded step towards a denser file; true when there may be more to do. */
  boolean compact() {
    return store.compact(FILL_RATE, COMPACT_BYTES);
  }

  private static final int FILL_RATE = 60;
  private static final int COMPACT_BYTES = 4 * MEGABYTE;

  /** Closes in order, with everything on disk. */
  @Override
  public void close() {
    if (store.isClosed()) {
      return;
    }
    long version;
    try {
      store.close();
      Holder.forget(directory);
      version = store.getCurrentVersion();
      try (FileChannel channel =
          FileChannel.open(directory.resolve(FILE), StandardOpenOption.WRITE)) {
        // The note must not outlive, in a power cut, what it promises.
        channel.force(true);
      }
      Files.writeString(directory.resolve(CLOSED), Long.toString(version), UTF_8);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The orderly close could not be noted.", e);
    }
  }

  /** Lets go of the file as it is, after a write failed. */
  void abandon() {
    store.closeImmediately();
    Holder.forget(directory);
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
