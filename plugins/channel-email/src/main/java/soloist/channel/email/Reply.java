package soloist.channel.email;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a relay answered.
 *
 * @param code three digits, -1 when the connection ended instead, 0 when nothing has come yet
 * @param text the whole reply on one line, without control characters
 */
record Reply(int code, String text) {
  static final Reply NONE = new Reply(0, "");

  private static final Pattern ENHANCED =
      Pattern.compile("^[245]\\d\\d[ -][245]\\.(\\d{1,3}\\.\\d{1,3})\\b"); // RFC 3463
  private static final int LONGEST = 500;

  Reply {
    text = text.replaceAll("\\p{Cntrl}+", " ").strip();
    text = text.substring(0, Math.min(text.length(), LONGEST));
  }

  boolean accepts() {
    return code / 100 == 2;
  }

  boolean putsOff() {
    return code / 100 == 4;
  }

  boolean refuses() {
    return code / 100 == 5;
  }

  /** The relay is going away (RFC 5321, 3.8): the code says nothing of the message. */
  boolean closes() {
    return code == 421;
  }

  /** False when nothing came, or nothing that could end a step of SMTP. */
  boolean understood() {
    return accepts() || putsOff() || refuses();
  }

  /** Subject and detail of the enhanced code, {@code 1.1} of 5.1.1, or nothing. */
  String detail() {
    Matcher matcher = ENHANCED.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The enhanced code where there is one, else the three digits. */
  String codeText() {
    String detail = detail();
    return detail.isEmpty() ? Integer.toString(code) : code / 100 + "." + detail;
  }

  /** The words behind the code. */
  String words() {
    return text.length() > 4 ? text.substring(4) : text;
  }
}
