package soloist.embedded;

import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * What a key has since it was changed in memory.
 *
 * @param value null when it is gone
 * @param covers whether what lies below has the key too
 */
@SuppressWarnings("ArrayRecordComponent")
record Version(byte @Nullable [] value, boolean covers) {
  /** How such values are held; they never leave memory. */
  static final BasicDataType<Version> TYPE = new Type();

  /** What an entry takes beside its bytes: two arrays, this, and its part of a page. */
  private static final int OVERHEAD = 100;

  /** By how many keys there are more than below. */
  int more() {
    return (value == null ? 0 : 1) - (covers ? 1 : 0);
  }

  /** What an entry takes in memory, in bytes. */
  static int memory(byte[] key, @Nullable Version version) {
    if (version == null) {
      return 0;
    }
    return OVERHEAD + key.length + (version.value == null ? 0 : version.value.length);
  }

  private static final class Type extends BasicDataType<Version> {
    @Override
    public int getMemory(Version version) {
      return 0;
    }

    @Override
    public Version[] createStorage(int size) {
      return new Version[size];
    }

    @Override
    public void write(WriteBuffer out, Version version) {
      throw new UnsupportedOperationException("held in memory only");
    }

    @Override
    public Version read(ByteBuffer in) {
      throw new UnsupportedOperationException("held in memory only");
    }
  }
}
