package soloist.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/** MVStore's file, which also remembers what a {@link SyncedNote} says of the newest chunk. */
final class ChunkFile extends SingleFileStore {
  /** The newest chunk as it was written. */
  record Written(long version, long at, int length, int checksum) {}

  private static final Logger LOG = System.getLogger(ChunkFile.class.getName());

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
      newest =
          new Written(chunk.version, at, bytes.remaining(), SyncedNote.checksum(bytes.duplicate()));
    }
    super.writeFully(chunk, at, bytes);
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
