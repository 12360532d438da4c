package soloist.connector.csv;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One form for the ways in which an address is written, so that doubles meet: full-width letters,
 * dots and ＠ become ASCII (NFKC, UAX 15), the domain lower case and xn-- (RFC 5890), a final dot
 * and {@code mailto:} go. The part before the @ stays as it is.
 */
final class EmailAddress {
  private static final int LONGEST = 254;
  private static final Pattern LOCAL = Pattern.compile("[^\\p{C}\\p{Z}@<>(),;:\\\\\"\\[\\]]{1,64}");
  private static final Pattern DOMAIN =
      Pattern.compile("LABEL(\\.LABEL)+".replace("LABEL", "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
  // java.net.IDN maps these to other letters (IDNA 2003), which today may be another domain.
  private static final Pattern REMAPPED = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

  private EmailAddress() {}

  static String normalise(String field, String written) throws RowFault {
    boolean plain = Cells.isPlain(written);
    String text =
        plain ? written.strip() : Normalizer.normalize(written, Normalizer.Form.NFKC).strip();
    if (text.regionMatches(true, 0, "mailto:", 0, 7)) {
      text = text.substring(7);
    }
    int at = text.lastIndexOf('@');
    if (at < 1 || !LOCAL.matcher(text.substring(0, at)).matches()) {
      throw new RowFault(field, Fault.EMAIL_INVALID, written);
    }
    String domain = text.substring(at + 1);
    if (!plain && REMAPPED.matcher(domain).find()) {
      throw new RowFault(field, Fault.EMAIL_AMBIGUOUS, written);
    }
    String address = text.substring(0, at) + "@" + ascii(domain);
    if (address.length() > LONGEST || !DOMAIN.matcher(address.substring(at + 1)).matches()) {
      throw new RowFault(field, Fault.EMAIL_INVALID, written);
    }
    return address;
  }

  /** Empty when it is no name of a domain. */
  private static String ascii(String domain) {
    try {
      String name = (Cells.isPlain(domain) ? domain : IDN.toASCII(domain)).toLowerCase(Locale.ROOT);
      return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
