package soloist.channel.email;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * An address that may stand in an SMTP command: ASCII, without quoting.
 *
 * @param local the part before the @
 * @param domain in its ASCII form (punycode)
 */
record MailAddress(String local, String domain) {
  // RFC 5321, 4.1.2 Dot-string; quoted strings are legal too, but no provider gives them out.
  private static final Pattern LOCAL =
      Pattern.compile("[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*");
  private static final Pattern LABELS =
      Pattern.compile(
          "[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*");
  // java.net.IDN maps these to other letters (IDNA 2003), which today may be another domain.
  private static final Pattern REMAPPED = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

  /**
   * Reads an address such as {@code ada@example.com} or {@code ada@müller.example}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static MailAddress parse(String text) {
    if (text.codePoints().anyMatch(MailAddress::breaksLines)) {
      throw new IllegalArgumentException("the address holds a character that could end a line");
    }
    int at = text.lastIndexOf('@');
    if (at < 1 || at == text.length() - 1) {
      throw new IllegalArgumentException("'" + text + "' is not of the form name@domain");
    }
    String local = text.substring(0, at);
    if (local.codePoints().anyMatch(c -> c > 0x7E)) {
      throw new IllegalArgumentException(
          "the part before the @ of '" + text + "' must be ASCII: few relays take anything else");
    }
    if (local.length() > 64 || !LOCAL.matcher(local).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no valid address before the @");
    }
    return new MailAddress(local, asciiDomain(text, text.substring(at + 1)));
  }

  private static String asciiDomain(String text, String domain) {
    String ascii;
    try {
      ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is no valid address after the @", e);
    }
    if (REMAPPED.matcher(domain).find()) {
      throw new IllegalArgumentException(
          "the domain of '"
              + text
              + "' must be given in its xn-- form: it can be read in two ways");
    }
    if (ascii.length() > 253 || !LABELS.matcher(ascii).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no valid address after the @");
    }
    return ascii;
  }

  /**
   * CR, LF, NUL and every code point that an encoder might cut down to CR or LF (CVE-2025-7962).
   */
  private static boolean breaksLines(int codePoint) {
    int low = codePoint & 0xFF;
    return low == 0x0A || low == 0x0D || Character.isISOControl(codePoint);
  }

  @Override
  public String toString() {
    return local + "@" + domain;
  }
}
