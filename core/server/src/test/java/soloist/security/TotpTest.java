package soloist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void saysWhatTheStandardSays(long second, String code) {
    assertEquals(code, Totp.code(KEY, Totp.step(Instant.ofEpochSecond(second)), 8));
  }

  /** RFC 4226, appendix D. */
  @ParameterizedTest
  @CsvSource({"0, 755224", "1, 287082", "4, 338314", "9, 520489"})
  void countsAsTheStandardCounts(long step, String code) {
    assertEquals(code, Totp.code(KEY, step, 6));
  }

  /** RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void writesKeysAsTheStandardWrites(String bytes, String text) {
    assertEquals(text, Totp.base32(bytes.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void forgivesAClockThatIsAStepOffAndNoMore() {
    Instant now = Instant.ofEpochSecond(1_000_000_005);
    long step = Totp.step(now);

    for (long off = -3; off <= 3; off++) {
      OptionalLong found = Totp.match(KEY, Totp.code(KEY, step + off, 6), now);
      OptionalLong expected =
          Math.abs(off) <= 1 ? OptionalLong.of(step + off) : OptionalLong.empty();
      assertEquals(expected, found, "off by " + off);
    }
  }
}
