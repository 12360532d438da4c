package soloist.plugin;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.net.IDN;
import java.util.regex.Pattern;

/**
 * The format {@code email} of a setting: a mailbox as mail servers take it (RFC 5321, 4.1.2). That
 * its domain is a public one is not asked: a company may well have mail within its own walls.
 */
final class Mailbox implements Format {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern LOCAL_PART =
      Pattern.compile(ATOM + "(?:\\." + ATOM + ")*|" + QUOTED);
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern LITERAL =
      Pattern.compile("\\[(?:\\d{1,3}(?:\\.\\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]{2,45})]");

  @Override
  public String getName() {
    return "email";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return isMailbox(value);
  }

  static boolean isMailbox(String text) {
    int at = text.lastIndexOf('@');
    return at > 0
        && at <= LONGEST_LOCAL_PART
        && text.length() <= LONGEST
        && LOCAL_PART.matcher(text.substring(0, at)).matches()
        && isDomain(text.substring(at + 1));
  }

  /** One in letters of another script is meant as its ASCII form (RFC 5890). */
  private static boolean isDomain(String text) {
    if (LITERAL.matcher(text).matches()) {
      return true;
    }
    try {
      return DOMAIN.matcher(IDN.toASCII(text)).matches();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
