package soloist.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/**
 * Looks a store over before it is used. Everything that was acknowledged must be there, which the
 * {@link SyncedNote} tells. A commit that a crash left half on disk was never acknowledged and is
 * left out. Anything else that is damaged is refused.
 */
final class OpeningCheck {
  private static final Logger LOG = System.getLogger(OpeningCheck.class.getName());

  private final StoreFile file;
  private final MVStore store;
  private final Path directory;

  OpeningCheck(StoreFile file, Path directory) {
    this.file = file;
    this.store = file.store();
    this.directory = directory;
  }

  /** Looks the store over and leaves out a commit that is torn. */
  void run(SyncedNote promise) throws IOException {
    look(promise);
    if (store.getCurrentVersion() > promise.version()) {
      checkTail(store.getCurrentVersion());
    }
  }

  /** Only looks. */
  void look(SyncedNote promise) {
    long version = store.getCurrentVersion();
    if (version < promise.version()) {
      throw StoreFaults.lost(directory, "commit", promise.version(), version);
    }
    checkChunks();
    if (version == promise.version()) {
      checkNewest(promise);
    }
  }

  /** That other chunks lie where the newest says, or their space would be given away. */
  private void checkChunks() {
    store
        .getLayoutMap()
        .forEach(
            (key, described) -> {
              if (key.startsWith("chunk.")) {
                Map<String, String> chunk = DataUtils.parseMap(described);
                if (!"0".equals(chunk.get("livePages")) && !isInPlace(chunk)) {
                  throw file.damaged(new IllegalStateException(key + " is not in its place"));
                }
              }
            });
  }

  private boolean isInPlace(Map<String, String> chunk) {
    long at = DataUtils.readHexLong(chunk, "block", 0) * ChunkFile.BLOCK_BYTES;
    ByteBuffer bytes = file.chunks().read(at, ChunkFile.BLOCK_BYTES);
    String head = ISO_8859_1.decode(bytes).toString();
    Map<String, String> found = DataUtils.parseMap(head.substring(0, head.indexOf('\n')).strip());
    return Stream.of("chunk", "len", "pages", "max")
        .allMatch(name -> Objects.equals(chunk.get(name), found.get(name)));
  }

  private void checkNewest(SyncedNote promise) {
    ByteBuffer chunk = file.chunks().read(promise.at(), promise.length());
    if (SyncedNote.checksum(chunk) != promise.checksum()
        || file.chunks().roots() != promise.roots()) {
      throw file.damaged(new IllegalStateException("the last commit has changed since"));
    }
  }

  /**
   * Reads every page of the last commit. MVStore has found its head and foot, which a power cut can
   * spare while it takes what lies between.
   */
  private void checkTail(long version) throws IOException {
    try {
      readTail();
    } catch (RuntimeException | AssertionError e) {
      Path aside = directory.resolve("store.aside-" + version + ".mv");
      Files.copy(directory.resolve(StoreFile.FILE), aside, StandardCopyOption.REPLACE_EXISTING);
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

  private void readTail() {
    file.openMaps();
    for (LayeredMap map : file.maps()) {
      Page<byte[], byte[]> root = map.tree().getRootPage();
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
}
