package soloist.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts mails on disk: the message first, then its line in the ledger, each synced. */
final class LedgerWriter implements AutoCloseable {
  private static final Pattern MESSAGE_ID =
      Pattern.compile("(?im)^Message-ID:\\s*(<[^>\\s]*>)\\s*$");

  private final Path folder;
  private final FileChannel lines;
  private final AtomicLong next;

  private LedgerWriter(Path folder, FileChannel lines, long first) {
    this.folder = folder;
    this.lines = lines;
    this.next = new AtomicLong(first);
  }

  /** Continues a ledger that is already there. */
  static LedgerWriter open(Path folder) {
    try {
      Files.createDirectories(folder);
      long kept;
      try (var files = Files.list(folder)) {
        kept = files.filter(file -> file.toString().endsWith(".eml")).count();
      }
      Path ledger = folder.resolve(Ledger.FILE);
      return new LedgerWriter(folder, FileChannel.open(ledger, CREATE, APPEND), kept + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of the message once it and its lines cannot be lost. */
  long keep(List<String> recipients, byte[] message) throws IOException {
    long number = next.getAndIncrement();
    String file = number + ".eml";
    force(folder.resolve(file), message, CREATE_NEW, WRITE);
    String head = new String(message, 0, headLength(message), ISO_8859_1);
    Matcher id = MESSAGE_ID.matcher(head);
    String messageId = id.find() ? id.group(1) : "";
    var text = new StringBuilder();
    for (String recipient : recipients) {
      text.append(recipient).append('\t').append(messageId).append('\t').append(file).append('\n');
    }
    synchronized (lines) {
      lines.write(ByteBuffer.wrap(text.toString().getBytes(UTF_8)));
      lines.force(true);
    }
    return number;
  }

  private static void force(Path file, byte[] bytes, OpenOption... options) throws IOException {
    try (var channel = FileChannel.open(file, options)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static int headLength(byte[] message) {
    for (int i = 0; i + 3 < message.length; i++) {
      if (message[i] == '\r'
          && message[i + 1] == '\n'
          && message[i + 2] == '\r'
          && message[i + 3] == '\n') {
        return i;
      }
    }
    return message.length;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
