package soloist.channel.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over a connection of its own to an address that was checked (RFC 9112). The client of
 * the JDK would resolve the name again; redirects are answers like any other.
 */
final class Post {
  private static final int MOST_HEAD = 16 * 1024;

  /**
   * The head of an answer.
   *
   * @param headers by lower-case name, the last of each
   */
  record Answer(int status, Map<String, String> headers) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  private Post() {}

  static Answer send(
      WebhookSettings settings,
      SSLSocketFactory tls,
      InetAddress address,
      Map<String, String> headers,
      byte[] body)
      throws IOException {
    int timeout = settings.timeoutSeconds() * 1_000;
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, settings.port()), timeout);
      plain.setSoTimeout(timeout);
      try (Socket socket = settings.isSecure() ? secured(plain, settings, tls) : plain) {
        OutputStream out = socket.getOutputStream();
        out.write(head(settings, headers, body.length).getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return read(new BufferedInputStream(socket.getInputStream()), settings);
      }
    }
  }

  private static Socket secured(Socket plain, WebhookSettings settings, SSLSocketFactory tls)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.createSocket(plain, settings.url().getHost(), settings.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    // Without this the certificate of anybody would do.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String head(WebhookSettings settings, Map<String, String> headers, int length) {
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(settings.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(settings.url().getRawAuthority()).append("\r\n");
    head.append("Connection: close\r\nUser-Agent: Soloist\r\n");
    head.append("Content-Length: ").append(length).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  /** The body is of no interest and is never read. */
  private static Answer read(InputStream in, WebhookSettings settings) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() >= MOST_HEAD || System.nanoTime() - end > 0) {
        throw new IOException("there was no whole answer");
      }
      head.append((char) next);
    }
    String[] lines = head.toString().split("\r\n", -1);
    if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
      throw new IOException("the answer is not HTTP");
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    return new Answer(Integer.parseInt(lines[0].substring(9, 12)), headers);
  }
}
