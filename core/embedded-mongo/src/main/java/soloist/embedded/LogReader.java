package soloist.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;

/** Reads one file of the log, up to its end or to what is torn or damaged. */
final class LogReader implements AutoCloseable {
  private static final int STEP = 1 << 16;

  private final FileChannel file;
  private final long size;
  private final long number;
  private long written;
  private long end;

  /**
   * Opens a file.
   *
   * @param number which it must be
   * @param written how many records there were before it
   */
  LogReader(FilePath path, long number, long written) throws IOException {
    this.file = path.open("r");
    this.size = file.size();
    this.number = number;
    this.written = written;
  }

  /** Hands on all changes that can be read; true when that is all there is. */
  boolean read(Consumer<Change> each) throws IOException {
    ByteBuffer head = LogSegment.head(number, written);
    if (size < LogSegment.HEAD || !bytes(0, LogSegment.HEAD).equals(head)) {
      return false;
    }
    end = LogSegment.HEAD;
    while (end < size) {
      ByteBuffer record = record(end, written + 1);
      if (record == null) {
        return false;
      }
      end += record.capacity();
      written++;
      while (record.hasRemaining()) {
        each.accept(Change.read(record));
      }
    }
    return true;
  }

  /** How many records there are up to where it could be read. */
  long written() {
    return written;
  }

  /** How far it could be read. */
  long end() {
    return end;
  }

  /** The changes of the record that begins here, or null when it is not whole. */
  private @org.jspecify.annotations.Nullable ByteBuffer record(long at, long expected)
      throws IOException {
    long least = LogSegment.RECORD_HEAD + LogSegment.RECORD_FOOT;
    if (size - at < least) {
      return null;
    }
    ByteBuffer head = bytes(at, LogSegment.RECORD_HEAD);
    int length = head.getInt();
    if (length < 0 || size - at < least + length || head.getLong() != expected) {
      return null;
    }
    ByteBuffer record = bytes(at, (int) least + length);
    int foot = record.capacity() - LogSegment.RECORD_FOOT;
    var crc = new CRC32C();
    crc.update(record.duplicate().limit(foot));
    return record.getInt(foot) == (int) crc.getValue()
        ? record.limit(foot).position(LogSegment.RECORD_HEAD)
        : null;
  }

  /**
   * Whether a whole record lies anywhere behind where it could be read. It was written after the
   * one that cannot be read was on disk, so that one is not torn but damaged.
   */
  boolean hasMore() throws IOException {
    for (long from = end + 1; from < size; from += STEP) {
      ByteBuffer some = bytes(from, (int) Math.min(STEP + LogSegment.RECORD_HEAD, size - from));
      for (int i = 0; i < STEP && some.limit() - i >= LogSegment.RECORD_HEAD; i++) {
        long record = some.getLong(i + Integer.BYTES);
        boolean later = record > written && record <= written + size / LogSegment.RECORD_HEAD;
        if (later && record(from + i, record) != null) {
          return true;
        }
      }
    }
    return false;
  }

  private ByteBuffer bytes(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("the log ends before its end");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
