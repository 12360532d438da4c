package soloist.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One message to one person, rendered, as a {@link Channel} gets it.
 *
 * @param id the same at every try, 1 to 64 of {@code [a-z0-9.]}; mail uses it as the left part of
 *     Message-ID
 * @param recipient as {@link Channel#addresses()} says, for mail {@code ada@example.com}
 * @param subject one line
 * @param html the rich body
 * @param text the same in plain text
 * @param language the language of the content, a BCP 47 tag such as {@code zh-CN}
 * @param unsubscribe where a POST ends the consent by one click (RFC 8058), null when the message
 *     needs none
 */
public record Message(
    String id,
    String recipient,
    String subject,
    String html,
    String text,
    String language,
    @Nullable URI unsubscribe) {

  public Message {
    if (!id.matches("[a-z0-9.]{1,64}")) {
      throw new IllegalArgumentException(
          "message id must be 1 to 64 of a-z, 0-9 and '.', but is " + id);
    }
    requireAddress(recipient);
    requireOneLine("subject", subject);
    requireNonNull(html);
    requireNonNull(text);
    requireOneLine("language", language);
  }

  /**
   * Refuses every code point whose low byte is CR or LF, which some encoders cut down to it inside
   * an SMTP command (CVE-2025-7962). A subject is encoded word by word (RFC 2047) and may hold
   * them: 名 is U+540D.
   */
  private static void requireAddress(String recipient) {
    requireOneLine("recipient", recipient);
    if (recipient.isBlank()
        || recipient.codePoints().anyMatch(c -> (c & 0xFF) == 0x0A || (c & 0xFF) == 0x0D)) {
      throw new IllegalArgumentException("recipient is no address: '" + recipient + "'");
    }
  }

  private static void requireOneLine(String name, String value) {
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(name + " must be one line without control characters");
    }
  }
}
