package soloist.connector.csv;

import soloist.connector.csv.Source.Characters;
import soloist.spi.Connector.Sink;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Fetched;
import soloist.spi.Text;

/**
 * Hands records on and counts them. A cursor is that count and the size of the file: to go on, the
 * file is read again and what was handed on before is passed over, which is exact for orders too,
 * whose rows lie apart.
 */
final class Handing {
  private static final long STEP = 1 << 20;

  private final Sink sink;
  private final long size;
  private final long before;
  private long count;
  private long told = -STEP;
  private boolean wanted = true;

  Handing(Source source, String cursor, Sink sink) throws Unreadable {
    this.sink = sink;
    this.size = source.size();
    this.before = cursor.isEmpty() ? 0 : count(cursor, size);
  }

  /** False when nothing more is wanted. */
  boolean accept(Fetched record) {
    count++;
    if (wanted && count > before) {
      wanted = sink.accept(record, count + "@" + size);
    }
    return wanted;
  }

  boolean wanted() {
    return wanted;
  }

  /**
   * Tells how far it is, once in a mebibyte.
   *
   * @param share which part of the work the bytes count for, of two when they are read twice
   */
  boolean progress(long bytes, long share) {
    if (bytes - told >= STEP) {
      told = bytes;
      wanted &= sink.progress(Math.min(bytes, share * size), share * size);
    }
    return wanted;
  }

  boolean progress(Characters characters, long share) {
    return progress(characters.bytesRead(), share);
  }

  private static long count(String cursor, long size) throws Unreadable {
    int at = cursor.indexOf('@');
    try {
      if (Long.parseLong(cursor.substring(at + 1)) == size) {
        return Long.parseLong(cursor.substring(0, Math.max(at, 0)));
      }
    } catch (NumberFormatException _) {
      // no cursor of ours: the sentence below serves that too
    }
    throw new Unreadable(
        new Text(
            "The file is not the one that was read before; start again with this one.",
            "文件与之前读取的不同；请用此文件重新开始。"));
  }
}
