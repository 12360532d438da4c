package soloist.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Byte strings in unsigned order, with room behind them for the seal of the page they stand on: a
 * checksum over all of it. MVStore itself checks where a page lies but not what is on it, so
 * without this a flipped bit would be read as data, or lead to a page of another time. The seal is
 * set when the chunk is written, since only then MVStore knows where the pages below lie. Keys
 * leave out what they share with the key before them.
 */
final class SealedBytes extends BasicDataType<byte[]> {
  static final SealedBytes KEYS = new SealedBytes(true);
  static final SealedBytes VALUES = new SealedBytes(false);

  private static final int ARRAY_HEADER = 24;

  /** What stands for a page that is read back before its chunk was written. */
  private static final int NOT_YET = 0;

  private final boolean sharing;

  private SealedBytes(boolean sharing) {
    this.sharing = sharing;
  }

  @Override
  public int compare(byte[] first, byte[] second) {
    return Arrays.compareUnsigned(first, second);
  }

  @Override
  public int getMemory(byte[] value) {
    return ARRAY_HEADER + value.length;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }

  @Override
  public void write(WriteBuffer out, Object storage, int count) {
    byte[][] values = (byte[][]) storage;
    byte[] previous = new byte[0];
    for (int i = 0; i < count; i++) {
      byte[] value = values[i];
      int shared = 0;
      if (sharing) {
        shared = Math.max(0, Arrays.mismatch(previous, value));
        out.putVarInt(shared);
        previous = value;
      }
      out.putVarInt(value.length - shared);
      out.put(ByteBuffer.wrap(value, shared, value.length - shared));
    }
    out.putInt(NOT_YET);
  }

  @Override
  public void read(ByteBuffer in, Object storage, int count) {
    byte[][] values = (byte[][]) storage;
    if (sharing) {
      checkSeal(in);
    }
    try {
      byte[] previous = new byte[0];
      for (int i = 0; i < count; i++) {
        int shared = sharing ? DataUtils.readVarInt(in) : 0;
        int rest = DataUtils.readVarInt(in);
        if (shared < 0 || shared > previous.length || rest < 0 || rest > in.remaining()) {
          throw damaged();
        }
        byte[] value = Arrays.copyOf(previous, shared + rest);
        in.get(value, shared, rest);
        values[i] = value;
        if (sharing) {
          previous = value;
        }
      }
      in.getInt();
    } catch (java.nio.BufferUnderflowException | NegativeArraySizeException e) {
      throw damaged();
    }
  }

  private static RuntimeException damaged() {
    return DataUtils.newMVStoreException(
        DataUtils.ERROR_FILE_CORRUPT, "the checksum of a page does not fit what is on it");
  }

  /** To be called before anything of the page is read, and keys come first. */
  private static void checkSeal(ByteBuffer page) {
    int end = page.limit() - Integer.BYTES;
    int seal = page.getInt(end);
    if (seal != NOT_YET && seal != checksum(page, 0, end)) {
      throw damaged();
    }
  }

  /** Whether a page, which has this whole buffer, is as it was sealed. */
  static boolean isSealed(ByteBuffer page) {
    int end = page.limit() - Integer.BYTES;
    return page.getInt(end) == checksum(page, 0, end);
  }

  /** Seals a page of this kind that lies here. */
  static void seal(ByteBuffer chunk, int from) {
    int end = from + chunk.getInt(from) - Integer.BYTES;
    chunk.putInt(end, checksum(chunk, from, end));
  }

  private static int checksum(ByteBuffer buffer, int from, int to) {
    var crc = new CRC32C();
    crc.update(buffer.duplicate().limit(to).position(from));
    return (int) crc.getValue();
  }

  @Override
  public void write(WriteBuffer out, byte[] value) {
    throw new UnsupportedOperationException("pages are written whole");
  }

  @Override
  public byte[] read(ByteBuffer in) {
    throw new UnsupportedOperationException("pages are read whole");
  }

  @Override
  public boolean equals(Object other) {
    return other == this;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(sharing);
  }
}
