package soloist.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import soloist.http.Problem;

/**
 * What a new passphrase must be: long, not among those that everybody tries first, and not one's
 * address. Nothing is asked about kinds of characters.
 */
final class GoodPassphrase {
  private static final String COMMON = "/soloist/security/common-passphrases.txt";
  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final Pattern REPEATED = Pattern.compile("(.{1,8}?)\\1+.{0,3}");
  private static final Pattern END = Pattern.compile("[^\\p{L}]+$");

  private GoodPassphrase() {}

  /**
   * Returns when it is good.
   *
   * @param pointer where it stands in the request
   */
  static void check(String pointer, String passphrase, String email) {
    int length = passphrase.codePointCount(0, passphrase.length());
    if (length < SHORTEST || length > LONGEST) {
      throw Problem.invalid(pointer, "passphrase-length", Integer.toString(SHORTEST));
    }
    String lower = passphrase.toLowerCase(Locale.ROOT);
    if (REPEATED.matcher(lower).matches() || isCommon(lower, END.matcher(lower).replaceFirst(""))) {
      throw Problem.invalid(pointer, "passphrase-common");
    }
    if (lower.contains(email.replaceAll("@.*", "").toLowerCase(Locale.ROOT))) {
      throw Problem.invalid(pointer, "passphrase-personal");
    }
  }

  /** The list is read when somebody chooses a passphrase, which happens once in a long while. */
  private static boolean isCommon(String passphrase, String withoutEnd) {
    Set<String> common = new HashSet<>();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(GoodPassphrase.class.getResourceAsStream(COMMON)),
                StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.startsWith("#")).forEach(common::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return common.contains(passphrase) || common.contains(withoutEnd);
  }
}
