package soloist.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * MVStore's file, which also seals each page before it is written and remembers what a {@link
 * SyncedNote} says of the newest chunk.
 */
final class ChunkFile extends SingleFileStore {
  /** The newest chunk as it was written. */
  record Written(long version, long at, int length, int checksum) {}

  private static final Logger LOG = System.getLogger(ChunkFile.class.getName());

  /** The map in which MVStore keeps where everything lies. */
  private static final int LAYOUT = 0;

  private volatile Written newest = new Written(0, 0, 0, 0);

  ChunkFile(int cacheMegabytes, int pageBytes) {
    super(Map.of("cacheSize", cacheMegabytes, "pageSplitSize", pageBytes));
  }

  Written newest() {
    return newest;
  }

  @Override
  protected void writeFully(@Nullable SFChunk chunk, long at, ByteBuffer bytes) {
    // Without a chunk it is the header of the file, whose two copies guard themselves.
    if (chunk != null) {
      seal(chunk, bytes);
      newest =
          new Written(chunk.version, at, bytes.remaining(), SyncedNote.checksum(bytes.duplicate()));
    }
    super.writeFully(chunk, at, bytes);
  }

  /** The chunk says at its end where in it the pages lie, and of which map each is. */
  private void seal(SFChunk chunk, ByteBuffer bytes) {
    Map<String, String> head = DataUtils.parseMap(chunk.getHeader());
    int contents = (int) DataUtils.readHexLong(head, "toc", 0);
    int pages = (int) DataUtils.readHexLong(head, "pages", 0);
    int meta = getMvStore().getMetaMap().getId();
    for (int i = 0; i < pages; i++) {
      long page = bytes.getLong(contents + i * Long.BYTES);
      int map = DataUtils.getPageMapId(page);
      if (map != LAYOUT && map != meta) {
        SealedBytes.seal(bytes, DataUtils.getPageOffset(page));
      }
    }
  }

  ByteBuffer read(long at, int length) {
    return readFully((SFChunk) null, at, length);
  }

  /** Closes the file after it could not be opened whole. */
  void letGo() {
    try {
      close();
    } catch (RuntimeException e) {
      // It had not got far enough to be closed whole; the file itself is.
      LOG.log(Level.DEBUG, "A store that could not be opened was let go", e);
    }
  }
}
