package soloist.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * What is known to be on disk, kept beside the store so that damage to the store cannot take it
 * along: MVStore, when it cannot read its newest version, opens an older one without a word. It is
 * written after each sync and before anyone hears of that, and is not synced itself: after a kill
 * it is exact, after a power cut it may promise less than there is, but never more.
 *
 * @param version the newest version that was synced
 * @param at where its chunk lies
 * @param length how long that is
 * @param checksum over the bytes of that chunk, among which is where the other chunks lie
 * @param roots over where the maps begin, which stands partly in older chunks
 * @param record the newest record of the log that was synced
 */
record SyncedNote(long version, long at, int length, int checksum, int roots, long record) {
  static final String FILE = "store.synced";

  /** Promises nothing. */
  static final SyncedNote NONE = new SyncedNote(0, 0, 0, 0, 0, 0);

  private static final int BYTES = 3 * Long.BYTES + 4 * Integer.BYTES;

  /** As long as it was before there was a log. */
  private static final int OLD_BYTES = BYTES - Long.BYTES;

  static int checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static FileChannel open(Path directory) throws IOException {
    return FileChannel.open(
        directory.resolve(FILE),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** The note in a directory, or {@link #NONE} where there is no whole one. */
  static SyncedNote read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    ByteBuffer bytes = ByteBuffer.wrap(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
    int fields = bytes.remaining() - Integer.BYTES;
    if (bytes.remaining() != BYTES && bytes.remaining() != OLD_BYTES) {
      return NONE;
    }
    if (bytes.getInt(fields) != checksum(bytes.duplicate().limit(fields))) {
      return NONE;
    }
    return new SyncedNote(
        bytes.getLong(),
        bytes.getLong(),
        bytes.getInt(),
        bytes.getInt(),
        bytes.getInt(),
        fields > OLD_BYTES - Integer.BYTES ? bytes.getLong() : 0);
  }

  SyncedNote with(long newest) {
    return new SyncedNote(version, at, length, checksum, roots, newest);
  }

  void write(FileChannel file) throws IOException {
    ByteBuffer fields = fields();
    file.write(fields.putInt(checksum(fields.duplicate().flip())).flip(), 0);
  }

  private ByteBuffer fields() {
    return ByteBuffer.allocate(BYTES)
        .putLong(version)
        .putLong(at)
        .putInt(length)
        .putInt(checksum)
        .putInt(roots)
        .putLong(record);
  }
}
