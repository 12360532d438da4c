package soloist.identity;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * New profile ids: 48 bits of milliseconds and 80 random bits as 32 hex digits, so that an older
 * profile has the smaller id.
 */
public final class ProfileIds implements Supplier<String> {
  private static final int RANDOM_BYTES = 10;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public ProfileIds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String get() {
    byte[] tail = new byte[RANDOM_BYTES];
    random.nextBytes(tail);
    return HexFormat.of().toHexDigits(clock.millis(), 12) + HexFormat.of().formatHex(tail);
  }
}
