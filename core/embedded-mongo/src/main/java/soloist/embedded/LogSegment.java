package soloist.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;

/**
 * One file of the log, written at its end only. It begins with a head that says which file it is
 * and after how many records of the whole log it begins; then come records:
 *
 * <pre>
 *   length of the changes (4 bytes)
 *   number of the record in the whole log (8 bytes)
 *   the changes
 *   CRC-32C over all of these (4 bytes)
 * </pre>
 */
final class LogSegment implements AutoCloseable {
  static final String PREFIX = "store.log-";
  static final int HEAD = 3 * Long.BYTES + Integer.BYTES;
  static final int RECORD_HEAD = Integer.BYTES + Long.BYTES;
  static final int RECORD_FOOT = Integer.BYTES;

  private static final long MAGIC = 0x534F4C4F4C4F4731L; // SOLOLOG1
  private static final int BUFFER = 1 << 18;

  private final long number;
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final CRC32C crc = new CRC32C();
  private volatile long end;
  private long at;

  private LogSegment(long number, FileChannel file, long end) {
    this.number = number;
    this.file = file;
    this.end = end;
  }

  /** Makes the file and has it on disk, but for its name. */
  static LogSegment create(FilePath path, long number, long after) throws IOException {
    FileChannel file = path.open("rw");
    try {
      file.truncate(0);
      ByteBuffer head = head(number, after);
      while (head.hasRemaining()) {
        file.write(head, head.position());
      }
      file.force(true);
      return new LogSegment(number, file, HEAD);
    } catch (IOException | RuntimeException e) {
      file.close();
      path.delete();
      throw e;
    }
  }

  /** Opens a file to go on behind what is whole in it; what is torn is cut off. */
  static LogSegment append(FilePath path, long number, long end) throws IOException {
    FileChannel file = path.open("rw");
    try {
      if (file.size() > end) {
        file.truncate(end);
        file.force(true);
      }
      return new LogSegment(number, file, end);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  static ByteBuffer head(long number, long after) {
    ByteBuffer head = ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(number).putLong(after);
    return head.putInt(SyncedNote.checksum(head.duplicate().flip())).flip();
  }

  long number() {
    return number;
  }

  long end() {
    return end;
  }

  /** Writes one record; if the disk refuses, the file ends where it did. */
  void append(long record, List<List<Change>> together) throws IOException {
    at = end;
    crc.reset();
    buffer.clear();
    try {
      long length = 0;
      for (List<Change> changes : together) {
        for (Change change : changes) {
          length += change.length();
        }
      }
      var out = new Out();
      out.put(Math.toIntExact(length));
      out.put((int) (record >>> Integer.SIZE));
      out.put((int) record);
      for (List<Change> changes : together) {
        for (Change change : changes) {
          change.write(out);
        }
      }
      sum();
      out.put((int) crc.getValue());
      flush();
      end = at;
    } catch (IOException e) {
      cutBack();
      throw e;
    }
  }

  private void cutBack() {
    try {
      file.truncate(end);
    } catch (IOException _) {
      // The next record is written over it.
    }
  }

  /** Gathers bytes and writes them when there are enough. */
  private final class Out implements Change.Sink {
    @Override
    public void put(byte one) throws IOException {
      room(1);
      buffer.put(one);
    }

    @Override
    public void put(int four) throws IOException {
      room(Integer.BYTES);
      buffer.putInt(four);
    }

    @Override
    public void put(byte[] bytes) throws IOException {
      int from = 0;
      while (from < bytes.length) {
        room(1);
        int some = Math.min(bytes.length - from, buffer.remaining());
        buffer.put(bytes, from, some);
        from += some;
      }
    }

    private void room(int bytes) throws IOException {
      if (buffer.remaining() < bytes) {
        sum();
        flush();
      }
    }
  }

  private void sum() {
    crc.update(buffer.duplicate().flip());
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      at += file.write(buffer, at);
    }
    buffer.clear();
  }

  /** Returns when all of it is on disk. */
  void sync() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
