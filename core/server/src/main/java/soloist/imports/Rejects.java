package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of one import that were not taken, one JSON object a line, in a file beside it. */
final class Rejects implements AutoCloseable {
  /** Who has more to mend mends the source; the rest is counted only. */
  private static final long MOST_BYTES = 8L << 20;

  private final FileChannel file;
  private long length;

  /**
   * Opens the file at what was durable when the cursor was stored.
   *
   * @param length in bytes; what was written behind it will be written again
   */
  Rejects(Path path, long length) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.truncate(length);
    file.position(length);
    this.length = length;
  }

  /** Adds some; durable when this returns. */
  void add(List<Reject> rejects) {
    if (rejects.isEmpty() || length > MOST_BYTES) {
      return;
    }
    byte[] lines =
        rejects.stream()
            .map(reject -> reject.toJson().encode() + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    try {
      ByteBuffer buffer = ByteBuffer.wrap(lines);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      file.force(false);
      length += lines.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long length() {
    return length;
  }

  /** The first so many bytes as CSV, with reasons in one language. */
  static String csv(Path path, long length, String language) throws IOException {
    // The mark at the beginning tells spreadsheets that this is UTF-8.
    StringBuilder csv = new StringBuilder("\uFEFFrow,field,code,reason,raw\r\n");
    if (length == 0) {
      return csv.toString();
    }
    long[] left = {length};
    try (Stream<String> lines = Files.lines(path)) {
      lines
          .takeWhile(line -> (left[0] -= line.getBytes(StandardCharsets.UTF_8).length + 1) >= 0)
          .map(line -> Reject.of(new JsonObject(line)))
          .forEach(
              reject ->
                  csv.append(reject.row())
                      .append(',')
                      .append(cell(reject.field()))
                      .append(',')
                      .append(cell(reject.code()))
                      .append(',')
                      .append(cell(reject.reason(language)))
                      .append(',')
                      .append(cell(reject.raw()))
                      .append("\r\n"));
    }
    return csv.toString();
  }

  /** Quoted (RFC 4180), and never a formula of the program that opens it. */
  static String cell(String text) {
    boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
