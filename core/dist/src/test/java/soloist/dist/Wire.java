package soloist.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
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
  }

  /** Sends bytes and reads until the server hangs up or {@code enough} answers have come. */
  static Answers send(int port, String request, int enough) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var text = new StringBuilder();
      byte[] buffer = new byte[8_192];
      Answers answers = new Answers("", false);
      while (answers.count() < enough) {
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
