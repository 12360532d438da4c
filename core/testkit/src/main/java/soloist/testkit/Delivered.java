package soloist.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mail for one recipient.
 *
 * @param recipient the address of the envelope
 * @param messageId with its angle brackets, empty when the mail has none
 * @param file the message as it came, without dot-stuffing
 */
public record Delivered(String recipient, String messageId, Path file) {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s\"'<>]+");

  /** The bytes as they came, one char each. */
  public String raw() {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String subject() {
    try {
      return Optional.ofNullable(mime().getSubject()).orElse("");
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  public String text() {
    return body("text/plain");
  }

  public String html() {
    return body("text/html");
  }

  /** Every value of a header, unfolded but not decoded. */
  public List<String> headers(String name) {
    try {
      String[] values = mime().getHeader(name);
      return values == null
          ? List.of()
          : List.of(values).stream().map(value -> value.replaceAll("\r?\n", "")).toList();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  /** The first link of the HTML whose address contains {@code part}, such as {@code /c/}. */
  public Optional<URI> link(String part) {
    Matcher links = LINK.matcher(html());
    while (links.find()) {
      String link = links.group().replace("&amp;", "&");
      if (link.contains(part)) {
        return Optional.of(URI.create(link));
      }
    }
    return Optional.empty();
  }

  public MimeMessage mime() {
    try {
      return new MimeMessage(
          Session.getInstance(new Properties()),
          new ByteArrayInputStream(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private String body(String type) {
    try {
      return find(mime(), type).orElse("");
    } catch (IOException | MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<String> find(Part part, String type)
      throws IOException, MessagingException {
    if (part.isMimeType(type)) {
      return Optional.of((String) part.getContent());
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart each = parts.getBodyPart(i);
        Optional<String> found = find(each, type);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
