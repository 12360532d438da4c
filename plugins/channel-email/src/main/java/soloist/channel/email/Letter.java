package soloist.channel.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import soloist.spi.Message;

/**
 * A message as MIME. Encoded once, so that a fault in it shows before a connection is taken, and so
 * that a second attempt sends the same bytes.
 */
final class Letter extends MimeMessage {
  private final String messageId;
  private final byte[] bytes;

  private Letter(EmailSettings sender, MailAddress to, Message message, Instant at)
      throws MessagingException, IOException {
    super((Session) null); // a session only says where to send
    messageId = "<" + message.id() + "@" + sender.from().domain() + ">";
    setFrom(new InternetAddress(sender.from().toString(), sender.fromName(), "UTF-8"));
    if (sender.replyTo() != null) {
      setReplyTo(new InternetAddress[] {new InternetAddress(sender.replyTo().toString())});
    }
    setRecipient(RecipientType.TO, new InternetAddress(to.toString()));
    setSubject(message.subject(), "UTF-8");
    setSentDate(Date.from(at));
    setHeader("Content-Language", message.language());
    URI unsubscribe = message.unsubscribe();
    if (unsubscribe != null) {
      setHeader("List-Unsubscribe", "<" + unsubscribe.toASCIIString() + ">");
      if (!"mailto".equalsIgnoreCase(unsubscribe.getScheme())) {
        setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"); // RFC 8058
      }
    }
    // Plain text first: the last alternative is the one a reader prefers (RFC 2046, 5.1.4).
    setContent(
        new MimeMultipart(
            "alternative", part(message.text(), "plain"), part(message.html(), "html")));
    saveChanges();
    bytes = encoded();
  }

  /**
   * Builds the mail.
   *
   * @throws IllegalStateException for a defect; nothing a message may hold leads here
   */
  static Letter of(EmailSettings sender, MailAddress to, Message message, Instant at) {
    try {
      return new Letter(sender, to, message, at);
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("cannot encode message " + message.id(), e);
    }
  }

  int length() {
    return bytes.length;
  }

  @Override
  public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException {
    out.write(bytes);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  private byte[] encoded() throws MessagingException, IOException {
    var out = new ByteArrayOutputStream();
    super.writeTo(out, new String[] {"Bcc"});
    return out.toByteArray();
  }

  /** Both encodings keep lines under 77, whatever the text; the shorter one is taken. */
  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text.replaceAll("\r\n|\r|\n", "\r\n"), "UTF-8", subtype);
    int beyondAscii = text.getBytes(UTF_8).length - text.length();
    part.setHeader(
        "Content-Transfer-Encoding",
        beyondAscii > text.length() / 6 ? "base64" : "quoted-printable");
    return part;
  }
}
