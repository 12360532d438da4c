package soloist.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * A server that keeps nothing and looks for nothing: it reads each message and gives the answer it
 * has ready. What an operation takes against it is what the driver and the wire take, and no store
 * can take less.
 */
final class AnsweringServer implements AutoCloseable {
  private static final int HEADER = 16;
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;

  private final ServerSocket listener;
  private final byte[] greeting =
      bytes(
          new Document("ismaster", true)
              .append("isWritablePrimary", true)
              .append("helloOk", true)
              .append("maxBsonObjectSize", 16 << 20)
              .append("maxMessageSizeBytes", 48_000_000)
              .append("maxWriteBatchSize", 100_000)
              .append("minWireVersion", 0)
              .append("maxWireVersion", 13)
              .append("ok", 1.0));
  private final byte[] written = bytes(new Document("n", 1).append("nModified", 1).append("ok", 1));
  private final byte[] one = found(1);
  private final byte[] hundred = found(100);
  private final byte[] many = found(512);

  AnsweringServer() throws IOException {
    listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String uri() {
    return "mongodb://127.0.0.1:" + listener.getLocalPort();
  }

  private static byte[] found(int count) {
    List<Document> documents =
        IntStream.range(0, count).mapToObj(i -> StoreSide.document(i, i)).toList();
    return bytes(
        new Document(
                "cursor",
                new Document("firstBatch", documents).append("id", 0L).append("ns", "bench.filled"))
            .append("ok", 1.0));
  }

  private static byte[] bytes(Document document) {
    try (var out = new BasicOutputBuffer();
        var writer = new BsonBinaryWriter(out)) {
      new DocumentCodec().encode(writer, document, EncoderContext.builder().build());
      return out.toByteArray();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException _) {
        // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16))) {
      byte[] head = new byte[HEADER];
      while (!listener.isClosed()) {
        in.readFully(head);
        ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        byte[] message = new byte[header.getInt(0) - HEADER];
        in.readFully(message);
        boolean old = header.getInt(12) == OP_QUERY;
        byte[] document = old ? greeting : answer(message);
        ByteBuffer reply =
            ByteBuffer.allocate(HEADER + (old ? 20 : 5) + document.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        reply.putInt(reply.capacity()).putInt(0).putInt(header.getInt(4));
        reply.putInt(old ? OP_REPLY : OP_MSG);
        if (old) {
          reply.putInt(8).putLong(0).putInt(0).putInt(1);
        } else {
          reply.putInt(0).put((byte) 0);
        }
        reply.put(document);
        socket.getOutputStream().write(reply.array());
      }
    } catch (IOException _) {
      // The client has gone.
    }
  }

  /** By the first section of the message, which the driver writes first. */
  private byte[] answer(byte[] message) {
    ByteBuffer body = ByteBuffer.wrap(message, 5, message.length - 5).slice();
    try (var reader = new BsonBinaryReader(body.order(ByteOrder.LITTLE_ENDIAN))) {
      Document command = new DocumentCodec().decode(reader, DecoderContext.builder().build());
      return switch (command.keySet().iterator().next()) {
        case "hello", "isMaster", "ismaster" -> greeting;
        case "find" -> found(command.get("filter", Document.class), command.containsKey("sort"));
        default -> written;
      };
    }
  }

  private byte[] found(Document filter, boolean sorted) {
    if (filter.get("_id") instanceof Document) {
      return many;
    }
    return sorted || !filter.containsKey("_id") ? hundred : one;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
