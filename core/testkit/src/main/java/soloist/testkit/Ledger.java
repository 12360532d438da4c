package soloist.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an {@link SmtpSink} has taken responsibility for, read from its folder while it runs or
 * afterwards. Every call reads anew, in the order of arrival.
 */
public final class Ledger {
  static final String FILE = "ledger.tsv";

  private final Path folder;

  public Ledger(Path folder) {
    this.folder = folder;
  }

  /** One entry for each recipient of each message. */
  public List<Delivered> entries() {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file, UTF_8);
      List<Delivered> entries = new ArrayList<>();
      // Behind the last line break stands at most a line that is still being written.
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        String[] columns = line.split("\t", -1);
        entries.add(new Delivered(columns[0], columns[1], folder.resolve(columns[2])));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Delivered> to(String recipient) {
    return entries().stream().filter(entry -> entry.recipient().equals(recipient)).toList();
  }

  /**
   * Entries with this Message-ID.
   *
   * @param messageId with its angle brackets
   */
  public List<Delivered> withId(String messageId) {
    return entries().stream().filter(entry -> entry.messageId().equals(messageId)).toList();
  }

  /**
   * The one entry of a recipient.
   *
   * @throws AssertionError when there is none or more than one
   */
  public Delivered only(String recipient) {
    List<Delivered> found = to(recipient);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " mails instead of one for " + recipient);
    }
    return found.getFirst();
  }
}
