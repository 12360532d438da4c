package soloist.channel.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens the plain socket of one connection and remembers it, because Jakarta Mail knows one read
 * time-out for a whole connection and the final dot needs its own (RFC 5321, 4.5.3.2.6). TLS is
 * laid over this socket and reads through it.
 */
final class SocketMemory extends SocketFactory {
  private @Nullable Socket socket;

  @Override
  public Socket createSocket() {
    socket = new Socket();
    return socket;
  }

  void waitFor(Duration limit) throws IOException {
    if (socket != null && !socket.isClosed()) {
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connectedElsewhere();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw connectedElsewhere();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connectedElsewhere();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw connectedElsewhere();
  }

  private static UnsupportedOperationException connectedElsewhere() {
    return new UnsupportedOperationException("Jakarta Mail connects the socket itself");
  }
}
