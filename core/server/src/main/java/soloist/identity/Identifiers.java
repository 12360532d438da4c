package soloist.identity;

import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identifiers as people write them, brought to the form under which they are compared. */
public final class Identifiers {
  public static final String EMAIL = "email";
  public static final String PHONE = "phone";
  public static final String USER_ID = "userId";
  public static final String VISITOR_ID = "visitorId";

  /**
   * An account elsewhere: the network, a colon and the handle, such as {@code mastodon:ada@x.y}.
   */
  public static final String SOCIAL = "social";

  /** Every kind that is known, in the order in which people are called by them. */
  public static final List<String> KINDS = List.of(EMAIL, PHONE, USER_ID, SOCIAL, VISITOR_ID);

  /** The same in the order of how surely they stand for one person. */
  private static final List<String> STRONGEST_FIRST =
      List.of(USER_ID, EMAIL, PHONE, SOCIAL, VISITOR_ID);

  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL_PART = 64;

  private static final int LONGEST_LABEL = 63;
  private static final Pattern LOCAL_PART = Pattern.compile("[^\\p{C}\\p{Z}@<>(),;:\\\\\"\\[\\]]*");
  private static final Pattern HANDLE =
      Pattern.compile("([a-z][a-z0-9_-]{1,19}):@?([^\\p{C}\\p{Z}:@][^\\p{C}\\p{Z}:]{0,99})");
  private static final Pattern OPAQUE = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,128}");

  private Identifiers() {}

  /** The normal form of one identifier; empty when it cannot be one of its kind. */
  public static Optional<String> normalise(String kind, String written) {
    return normalise(kind, written, "");
  }

  /**
   * The same where numbers without the code of a country are of the owner's.
   *
   * @param country by its two letters (ISO 3166); empty when it is not known
   */
  public static Optional<String> normalise(String kind, String written, String country) {
    String text =
        isPlain(written) ? written : Normalizer.normalize(written, Normalizer.Form.NFKC).strip();
    return switch (kind) {
      case EMAIL -> email(text);
      case PHONE -> Phones.normal(text, country);
      case SOCIAL -> handle(text);
      case USER_ID, VISITOR_ID -> Optional.of(text).filter(it -> OPAQUE.matcher(it).matches());
      default -> Optional.empty();
    };
  }

  /** The key of each identifier in {@code identifiers}, the strongest kind first. */
  static List<String> keys(Map<String, String> normalised) {
    List<String> keys = new ArrayList<>(normalised.size());
    for (String kind : STRONGEST_FIRST) {
      String value = normalised.get(kind);
      if (value != null) {
        keys.add(kind + ":" + value);
      }
    }
    return keys;
  }

  /** Whether an identifier of this kind stands for one person: others are shared. */
  public static boolean isStrong(String kind) {
    return kind.equals(USER_ID) || kind.equals(EMAIL);
  }

  /** The kind that a key begins with. */
  static String kind(String key) {
    return key.substring(0, key.indexOf(':'));
  }

  /** Networks do not tell handles apart by case, or show them in one. */
  private static Optional<String> handle(String text) {
    Matcher handle = HANDLE.matcher(text.toLowerCase(Locale.ROOT));
    return handle.matches()
        ? Optional.of(handle.group(1) + ":" + handle.group(2))
        : Optional.empty();
  }

  /**
   * Lower case, the domain in its ASCII form (RFC 5890): nobody tells two people apart by the case
   * of a mailbox.
   */
  private static Optional<String> email(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1
        || text.length() > LONGEST
        || text.codePointCount(0, at) > LONGEST_LOCAL_PART
        || !isLocalPart(text.substring(0, at))) {
      return Optional.empty();
    }
    try {
      String written = text.substring(at + 1);
      String domain = (isPlain(written) ? written : IDN.toASCII(written)).toLowerCase(Locale.ROOT);
      return isDomain(domain)
          ? Optional.of(text.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain)
              .filter(address -> address.length() <= LONGEST)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isLocalPart(String text) {
    return (isPlain(text) && text.indexOf('@') < 0) || LOCAL_PART.matcher(text).matches();
  }

  /** Two labels or more of letters, digits and inner hyphens (RFC 1035, 2.3.1), in lower case. */
  private static boolean isDomain(String text) {
    int labels = 0;
    int begin = 0;
    while (begin <= text.length()) {
      int dot = text.indexOf('.', begin);
      int end = dot < 0 ? text.length() : dot;
      if (!isLabel(text, begin, end)) {
        return false;
      }
      labels++;
      begin = end + 1;
    }
    return labels > 1;
  }

  private static boolean isLabel(String text, int begin, int end) {
    if (begin == end
        || end - begin > LONGEST_LABEL
        || text.charAt(begin) == '-'
        || text.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = begin; i < end; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** What most are made of: there is nothing to bring to another form, and nothing to strip. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!isLetter && !(c >= '0' && c <= '9') && "._+-@".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
