package soloist.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP byte for byte, for requests that no client would send. */
final class Wire {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
  private static final int PATIENCE_MILLIS = 5_000;

  private Wire() {}

  /** What a server answered until it hung up or had answered often enough. */
  record Answers(String text, boolean hungUp) {
    int count() {
      Matcher matcher = STATUS.matcher(text);
      int count = 0;
      while (matcher.find()) {
        count++;
      }
      return count;
    }

    int firstStatus() {
      Matcher matcher = STATUS.matcher(text);
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** What came after the head of the first answer, as long as its head says; empty until then. */
    Optional<String> firstBody() {
      int start = text.indexOf("\r\n\r\n") + 4;
      int length = Integer.parseInt(header("content-length").orElse("0"));
      return start < 4 || text.length() < start + length
          ? Optional.empty()
          : Optional.of(text.substring(start, start + length));
    }

    private Optional<String> header(String name) {
      String head = text.split("\r\n\r\n", 2)[0];
      Matcher matcher = Pattern.compile("(?im)^" + name + ": *(.*)$").matcher(head);
      return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
  }

  /**
   * Sends bytes and reads until the server hangs up or {@code enough} answers have come, the first
   * of them whole; that one has to be as described.
   */
  static Answers send(int port, String request, int enough) {
    Answers answers = exchange(port, request, enough);
    String[] line = request.split(" ", 3);
    answers
        .firstBody()
        .filter(_ -> line.length == 3)
        .ifPresent(body -> compare(line[0], line[1], answers, body));
    return answers;
  }

  private static void compare(String method, String path, Answers answers, String body) {
    String plain = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    String type = answers.header("content-type").orElse("");
    List<String> faults =
        Contract.faults(
            method,
            path.split("\\?", 2)[0],
            new Contract.Answer(answers.firstStatus(), type, plain));
    if (!faults.isEmpty()) {
      throw new AssertionError(method + " " + path + ": " + String.join("\n", faults));
    }
  }

  private static Answers exchange(int port, String request, int enough) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var text = new StringBuilder();
      byte[] buffer = new byte[8_192];
      Answers answers = new Answers("", false);
      while (answers.count() < enough || answers.firstBody().isEmpty()) {
        int read = socket.getInputStream().read(buffer);
        if (read < 0) {
          return new Answers(text.toString(), true);
        }
        text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        answers = new Answers(text.toString(), false);
      }
      return answers;
    } catch (SocketException e) {
      return new Answers("", true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
