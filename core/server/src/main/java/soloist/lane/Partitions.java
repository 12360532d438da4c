package soloist.lane;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** How people are spread over partitions; fixed when a store is created. */
public final class Partitions {
  public static final int COUNT = 64;

  private Partitions() {}

  /** CRC-32C of the id modulo {@link #COUNT}. */
  public static int of(String profileId) {
    CRC32C crc = new CRC32C();
    crc.update(profileId.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % COUNT);
  }
}
