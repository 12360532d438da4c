package soloist.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/**
 * Caught mails as files, one each, on disk before they are acknowledged; the oldest go when there
 * are too many.
 */
public final class CaughtMails {
  private static final int MOST_MAILS = 10_000;

  /**
   * A mail as the page lists it.
   *
   * @param text the plain part, empty without one
   * @param html the HTML part, empty without one
   */
  public record Mail(
      String id,
      String to,
      String from,
      String subject,
      Instant receivedAt,
      String messageId,
      List<Map<String, String>> headers,
      String text,
      String html) {}

  private final Path folder;
  private final InstantSource clock;
  private final int most;
  private final AtomicLong last;
  private final AtomicLong oldest;

  public CaughtMails(Path folder, InstantSource clock) throws IOException {
    this(folder, clock, MOST_MAILS);
  }

  CaughtMails(Path folder, InstantSource clock, int most) throws IOException {
    this.folder = folder;
    this.most = most;
    this.clock = clock;
    Files.createDirectories(folder);
    List<String> ids = ids();
    last = new AtomicLong(ids.isEmpty() ? 0 : Long.parseLong(ids.getFirst()));
    oldest = new AtomicLong(ids.isEmpty() ? 1 : Long.parseLong(ids.getLast()));
  }

  /** Stores a mail and syncs it; returns its id. */
  String keep(String from, String to, byte[] mail) {
    long number = last.incrementAndGet();
    String id = "%010d".formatted(number);
    String head =
        "X-Envelope-From: %s\r\nX-Envelope-To: %s\r\nX-Received-At: %s\r\n"
            .formatted(from, to, clock.instant());
    Path unfinished = folder.resolve(id + ".part");
    try (FileChannel file =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(head.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      file.write(ByteBuffer.wrap(mail));
      file.force(true);
      Files.move(
          unfinished, folder.resolve(id + ".eml"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    forgetOldest(number);
    return id;
  }

  private void forgetOldest(long newest) {
    while (newest - oldest.get() >= most) {
      try {
        Files.deleteIfExists(folder.resolve("%010d.eml".formatted(oldest.getAndIncrement())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Ids of all mails, newest first. */
  public List<String> ids() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".eml"))
          .map(name -> name.substring(0, name.length() - ".eml".length()))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes as received, with three envelope headers in front. */
  public Optional<byte[]> raw(String id) {
    if (!id.matches("[0-9]{10}")) {
      return Optional.empty();
    }
    Path file = file(id);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String id) {
    return folder.resolve(id + ".eml");
  }

  public Optional<Mail> find(String id) {
    return raw(id).map(bytes -> parse(id, bytes));
  }

  private static Mail parse(String id, byte[] bytes) {
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      var builder = new DefaultMessageBuilder();
      builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
      Message message = builder.parseMessage(in);
      List<Map<String, String>> headers = new ArrayList<>();
      message
          .getHeader()
          .getFields()
          .forEach(
              field -> {
                Map<String, String> header = new LinkedHashMap<>();
                header.put("name", field.getName());
                header.put("value", String.valueOf(field.getBody()).strip());
                headers.add(header);
              });
      return new Mail(
          id,
          header(message, "X-Envelope-To"),
          header(message, "From"),
          Optional.ofNullable(message.getSubject()).orElse(""),
          Instant.parse(header(message, "X-Received-At")),
          header(message, "Message-ID"),
          headers,
          part(message, "text/plain"),
          part(message, "text/html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String header(Message message, String name) {
    var field = message.getHeader().getField(name);
    return field == null ? "" : field.getBody().strip();
  }

  private static String part(Entity entity, String type) throws IOException {
    if (entity.getBody() instanceof Multipart multipart) {
      for (Entity each : multipart.getBodyParts()) {
        String found = part(each, type);
        if (!found.isEmpty()) {
          return found;
        }
      }
      return "";
    }
    if (entity.getBody() instanceof TextBody text && type.equals(entity.getMimeType())) {
      try (InputStream in = text.getInputStream()) {
        String charset = Optional.ofNullable(text.getMimeCharset()).orElse("UTF-8");
        return new String(in.readAllBytes(), java.nio.charset.Charset.forName(charset));
      }
    }
    return "";
  }
}
