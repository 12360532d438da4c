package soloist.http;

import io.netty.util.AsciiString;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Compares the names of headers letter by letter. The decoder of Vert.x 5.2.0 leaves the ninth out
 * and takes {@code Content-_ength} for a length, so that a POST through a proxy could swallow the
 * request of somebody else. To be deleted with the first version that has mended it.
 */
final class ExactHeaderNames extends VertxHttpRequestDecoder {
  private static final String DECODER = "httpDecoder";

  private ExactHeaderNames(Http1ServerConfig limits) {
    super(limits);
  }

  /** Takes the place of the decoder of a connection that nothing has been read from yet. */
  static void readFrom(HttpConnection connection, Http1ServerConfig limits) {
    try {
      ((ConnectionBase) connection)
          .channel()
          .pipeline()
          .replace(DECODER, DECODER, new ExactHeaderNames(limits));
    } catch (RuntimeException e) {
      // Vert.x only logs what a handler of connections throws: read by its decoder it must not be.
      connection.close();
      throw e;
    }
  }

  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
    AsciiString guessed = super.splitHeaderName(bytes, start, length);
    return guessed.contentEqualsIgnoreCase(new AsciiString(bytes, start, length, false))
        ? guessed
        : new AsciiString(bytes, start, length, true);
  }
}
