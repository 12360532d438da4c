package soloist.learning.data;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One person of five, from whom nothing is ever learnt. Who it is hangs on the id alone, so that
 * models of different times, learnt from different tables, can be held against people whom neither
 * has seen.
 */
public final class HeldOut {
  /** The usual 80 to 20. */
  public static final int ONE_OF = 5;

  public static final int SEED = 42;

  private HeldOut() {}

  public static boolean holds(String person) {
    var checksum = new CRC32C();
    checksum.update((SEED + ":" + person).getBytes(StandardCharsets.UTF_8));
    // The low bits of a checksum of texts that differ in one digit are no draw by themselves.
    return Long.remainderUnsigned(checksum.getValue() * 0x9E3779B97F4A7C15L >>> 32, ONE_OF) == 0;
  }
}
