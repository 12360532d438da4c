package soloist.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import soloist.http.Problem;

/**
 * The central directory of a zip (APPNOTE.TXT 4.3.12), read by us because the JDK tells neither of
 * symbolic links nor of names that come twice.
 */
final class ZipDirectory {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int ENCRYPTED = 1;
  private static final int FILE_TYPE = 0xF000;
  private static final int REGULAR = 0x8000;
  private static final int FOLDER = 0x4000;

  /**
   * One entry.
   *
   * @param special whether it is a link, device or pipe
   */
  record Entry(String name, boolean special, boolean encrypted) {
    boolean isFolder() {
      return name.endsWith("/");
    }
  }

  private ZipDirectory() {}

  /**
   * The entries in the order of the directory.
   *
   * @throws Problem when the file is no zip as we take it, or has too many entries
   */
  static List<Entry> read(Path zip, int mostEntries) throws IOException {
    try (FileChannel file = FileChannel.open(zip)) {
      long size = file.size();
      if (size < END_BYTES) {
        throw unreadable();
      }
      // A zip with a comment could hide a second end record; ours have none.
      ByteBuffer end = part(file, size - END_BYTES, END_BYTES);
      int count = Short.toUnsignedInt(end.getShort(10));
      long length = Integer.toUnsignedLong(end.getInt(12));
      long offset = Integer.toUnsignedLong(end.getInt(16));
      if (end.getInt(0) != END_SIGNATURE
          || end.getInt(4) != 0
          || end.getShort(20) != 0
          || offset + length != size - END_BYTES) {
        throw unreadable();
      }
      if (count > mostEntries) {
        throw Problem.invalid("", "plugin-zip-entries", Integer.toString(mostEntries));
      }
      return entries(part(file, offset, (int) length), count);
    }
  }

  private static List<Entry> entries(ByteBuffer directory, int count) throws IOException {
    List<Entry> entries = new ArrayList<>(count);
    while (directory.hasRemaining()) {
      if (directory.remaining() < ENTRY_BYTES || directory.getInt() != ENTRY_SIGNATURE) {
        throw unreadable();
      }
      int start = directory.position() - Integer.BYTES;
      int flags = directory.getShort(start + 8);
      int nameLength = Short.toUnsignedInt(directory.getShort(start + 28));
      int rest =
          Short.toUnsignedInt(directory.getShort(start + 30))
              + Short.toUnsignedInt(directory.getShort(start + 32));
      int type = directory.getInt(start + 38) >>> 16 & FILE_TYPE;
      if (directory.limit() - start - ENTRY_BYTES < nameLength + rest) {
        throw unreadable();
      }
      ByteBuffer name = directory.slice(start + ENTRY_BYTES, nameLength);
      directory.position(start + ENTRY_BYTES + nameLength + rest);
      try {
        entries.add(
            new Entry(
                StandardCharsets.UTF_8.newDecoder().decode(name).toString(),
                type != 0 && type != REGULAR && type != FOLDER,
                (flags & ENCRYPTED) != 0));
      } catch (CharacterCodingException _) {
        throw unreadable();
      }
    }
    if (entries.size() != count) {
      throw unreadable();
    }
    return entries;
  }

  private static ByteBuffer part(FileChannel file, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw unreadable();
      }
    }
    return buffer.flip();
  }

  static Problem unreadable() {
    return Problem.invalid("", "plugin-zip-unreadable");
  }
}
