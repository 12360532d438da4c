package soloist.identity;

import java.net.IDN;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Identifiers as people write them, brought to the form under which they are compared. */
public final class Identifiers {
  public static final String EMAIL = "email";
  public static final String PHONE = "phone";
  public static final String USER_ID = "userId";
  public static final String VISITOR_ID = "visitorId";

  /** Every kind that is known. */
  public static final List<String> KINDS = List.of(EMAIL, PHONE, USER_ID, VISITOR_ID);

  private static final int LONGEST = 254;
  private static final Pattern LOCAL_PART =
      Pattern.compile("[^\\s\\p{Cntrl}\\p{Cs}@<>(),;:\\\\\"\\[\\]]{1,64}");
  private static final Pattern DOMAIN =
      Pattern.compile("(?!-)[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})+");
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+?[0-9]{6,15}");
  private static final Pattern OPAQUE = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,128}");

  private Identifiers() {}

  /** The normal form of one identifier; empty when it cannot be one of its kind. */
  public static Optional<String> normalise(String kind, String written) {
    String text = Normalizer.normalize(written, Normalizer.Form.NFKC).strip();
    return switch (kind) {
      case EMAIL -> email(text);
      case PHONE ->
          Optional.of(text.replaceAll("[\\s().-]", ""))
              .filter(it -> PHONE_NUMBER.matcher(it).matches());
      case USER_ID, VISITOR_ID -> Optional.of(text).filter(it -> OPAQUE.matcher(it).matches());
      default -> Optional.empty();
    };
  }

  /**
   * The key of each identifier in {@code identifiers}, sorted, so that writers meet at the first
   * one.
   */
  static Map<String, String> keys(Map<String, String> normalised) {
    Map<String, String> keys = new TreeMap<>();
    normalised.forEach((kind, value) -> keys.put(kind + ":" + value, kind));
    return new LinkedHashMap<>(keys);
  }

  /**
   * Lower case, the domain in its ASCII form (RFC 5890): nobody tells two people apart by the case
   * of a mailbox.
   */
  private static Optional<String> email(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || text.length() > LONGEST || !LOCAL_PART.matcher(text.substring(0, at)).matches()) {
      return Optional.empty();
    }
    try {
      String domain = IDN.toASCII(text.substring(at + 1)).toLowerCase(Locale.ROOT);
      return DOMAIN.matcher(domain).matches()
          ? Optional.of(text.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
