package soloist.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.jspecify.annotations.Nullable;

/**
 * A leaf as it lies in the file: its length, MVStore's check of where it lies, its number, its map,
 * how many entries it has and its kind, then the keys and the values as {@link SealedBytes} writes
 * them.
 */
final class RawLeaf {
  /** Larger ones, with large documents, are read in the usual way. */
  static final int MOST_BYTES = 16 * 1024;

  /** Its length, the check, three numbers, its kind and two seals. */
  static final int LEAST_BYTES = 4 * Integer.BYTES;

  /** A command looks into the documents and perhaps a few unique indexes in turn. */
  private static final int AT_HAND = 4;

  private static final ThreadLocal<RawLeaf[]> OF_THREAD =
      ThreadLocal.withInitial(
          () -> Stream.generate(RawLeaf::new).limit(AT_HAND).toArray(RawLeaf[]::new));

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);

  /** The key that was read last: each leaves out what it shares with the one before. */
  private byte[] key = new byte[256];

  private int keyLength;

  /** The serial number of the file that the leaf is of; of none before the first is read. */
  private long file;

  private long at;
  private int count;

  /** Where in the buffer the first key begins. */
  private int firstKey;

  private RawLeaf() {}

  /** The one of this thread for a map, which keeps the leaf that was read last. */
  static RawLeaf of(int map) {
    return OF_THREAD.get()[map % AT_HAND];
  }

  /** Whether it holds what lies there; what MVStore has written at a place never changes. */
  boolean holds(long file, long at) {
    return this.file == file && this.at == at;
  }

  /** To be filled with what lies there, and then checked. */
  ByteBuffer buffer(int length) {
    at = 0;
    return buffer.clear().limit(length);
  }

  /** Whether what was read is the leaf of this map that lies there, as it was written. */
  boolean isWhole(long file, long at, int map) {
    int length = buffer.getInt(0);
    if (length < LEAST_BYTES || length > buffer.limit()) {
      return false;
    }
    int check =
        DataUtils.getCheckValue(DataUtils.getPageChunkId(at))
            ^ DataUtils.getCheckValue(DataUtils.getPageOffset(at))
            ^ DataUtils.getCheckValue(length);
    buffer.limit(length);
    if (buffer.getShort(Integer.BYTES) != (short) check || !SealedBytes.isSealed(buffer)) {
      return false;
    }
    buffer.position(Integer.BYTES + Short.BYTES);
    int unused = DataUtils.readVarInt(buffer);
    boolean isOfMap = DataUtils.readVarInt(buffer) == map;
    count = DataUtils.readVarInt(buffer);
    boolean isLeaf = buffer.get() == DataUtils.PAGE_TYPE_LEAF;
    firstKey = buffer.position();
    if (isOfMap && isLeaf) {
      this.file = file;
      this.at = at;
    }
    return isOfMap && isLeaf;
  }

  /** The value of a key; null if the leaf has no such key. */
  byte @Nullable [] value(byte[] wanted) {
    int found = -1;
    buffer.position(firstKey);
    for (int i = 0; i < count; i++) {
      nextKey();
      if (keyLength == wanted.length && Arrays.equals(key, 0, keyLength, wanted, 0, keyLength)) {
        found = i;
      }
    }
    if (found < 0) {
      return null;
    }
    buffer.position(buffer.position() + Integer.BYTES);
    for (int i = 0; i < found; i++) {
      int length = DataUtils.readVarInt(buffer);
      buffer.position(buffer.position() + length);
    }
    byte[] value = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(value);
    return value;
  }

  /** The first key that does not come before this one; null if all of the leaf do. */
  byte @Nullable [] notBefore(byte[] wanted) {
    buffer.position(firstKey);
    for (int i = 0; i < count; i++) {
      nextKey();
      if (Arrays.compareUnsigned(key, 0, keyLength, wanted, 0, wanted.length) >= 0) {
        return Arrays.copyOf(key, keyLength);
      }
    }
    return null;
  }

  private void nextKey() {
    int shared = DataUtils.readVarInt(buffer);
    int rest = DataUtils.readVarInt(buffer);
    keyLength = shared + rest;
    if (keyLength > key.length) {
      key = Arrays.copyOf(key, 2 * keyLength);
    }
    buffer.get(key, shared, rest);
  }
}
