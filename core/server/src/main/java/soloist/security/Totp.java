package soloist.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes by time (RFC 6238) over HMAC-SHA-1 (RFC 4226): what every authenticator app makes of a key
 * that it was shown once.
 */
final class Totp {
  static final int DIGITS = 6;

  /** As long as the hash, as RFC 4226 recommends. */
  static final int KEY_BYTES = 20;

  private static final Duration STEP = Duration.ofSeconds(30);
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BASE32_BITS = 5;

  private Totp() {}

  /** The code of one step of time. */
  static String code(byte[] key, long step, int digits) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      long number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffffL;
      return String.format(Locale.ROOT, "%0" + digits + "d", number % (long) Math.pow(10, digits));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }

  static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
  }

  /** The step that a code is of: this one, or one beside it for a clock that is a little off. */
  static OptionalLong match(byte[] key, String code, Instant now) {
    long middle = step(now);
    OptionalLong found = OptionalLong.empty();
    for (long step = middle - 1; step <= middle + 1; step++) {
      if (Secrets.isSame(code(key, step, DIGITS), code)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** As apps take keys (RFC 4648, section 6), without padding. */
  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte next : bytes) {
      held = (held << Byte.SIZE) | (next & 0xff);
      bits += Byte.SIZE;
      while (bits >= BASE32_BITS) {
        bits -= BASE32_BITS;
        text.append(BASE32.charAt((held >> bits) & 0x1f));
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(BASE32.charAt((held << (BASE32_BITS - bits)) & 0x1f));
    }
    return text.toString();
  }
}
