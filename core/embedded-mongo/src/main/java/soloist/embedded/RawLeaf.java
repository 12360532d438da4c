package soloist.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.jspecify.annotations.Nullable;

/**
 * A leaf as it lies in the file: its length, MVStore's check of where it lies, its number, its map,
 * how many entries it has and its kind, then the keys and the values as {@link SealedBytes} writes
 * them.
 */
final class RawLeaf {
  /** Larger ones, with large documents, are read in the usual way. */
  static final int MOST_BYTES = 64 * 1024;

  /** Its length, the check, three numbers, its kind and two seals. */
  static final int LEAST_BYTES = 4 * Integer.BYTES;

  private static final ThreadLocal<RawLeaf> OF_THREAD = ThreadLocal.withInitial(RawLeaf::new);

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);
  private byte[] key = new byte[256];

  private RawLeaf() {}

  /** The buffer of this thread, to be read into. */
  static ByteBuffer buffer(int length) {
    return OF_THREAD.get().buffer.clear().limit(length);
  }

  /** Whether this is the leaf that lies there, as it was written. */
  static boolean isWhole(ByteBuffer page, long at) {
    int length = page.getInt(0);
    if (length < LEAST_BYTES || length > page.limit()) {
      return false;
    }
    int check =
        DataUtils.getCheckValue(DataUtils.getPageChunkId(at))
            ^ DataUtils.getCheckValue(DataUtils.getPageOffset(at))
            ^ DataUtils.getCheckValue(length);
    page.limit(length);
    return page.getShort(Integer.BYTES) == (short) check && SealedBytes.isSealed(page);
  }

  /** The value of a key on a leaf that is whole; null if it has no such key. */
  static byte @Nullable [] find(ByteBuffer page, int map, byte[] wanted) {
    page.position(Integer.BYTES + Short.BYTES);
    int unused = DataUtils.readVarInt(page);
    boolean isOfMap = DataUtils.readVarInt(page) == map;
    int count = DataUtils.readVarInt(page);
    if (page.get() != DataUtils.PAGE_TYPE_LEAF || !isOfMap) {
      return ChunkFile.NOT_READ;
    }
    int found = OF_THREAD.get().index(page, count, wanted);
    if (found < 0) {
      return null;
    }
    page.position(page.position() + Integer.BYTES);
    for (int i = 0; i < found; i++) {
      int length = DataUtils.readVarInt(page);
      page.position(page.position() + length);
    }
    byte[] value = new byte[DataUtils.readVarInt(page)];
    page.get(value);
    return value;
  }

  /** Reads all keys; which of them is the one that is wanted, or -1. */
  private int index(ByteBuffer page, int count, byte[] wanted) {
    int found = -1;
    for (int i = 0; i < count; i++) {
      int shared = DataUtils.readVarInt(page);
      int rest = DataUtils.readVarInt(page);
      int length = shared + rest;
      if (length > key.length) {
        key = Arrays.copyOf(key, 2 * length);
      }
      page.get(key, shared, rest);
      if (length == wanted.length && Arrays.equals(key, 0, length, wanted, 0, length)) {
        found = i;
      }
    }
    return found;
  }
}
