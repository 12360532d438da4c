package soloist.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * MongoDB's wire protocol on loopback (manual: "MongoDB Wire Protocol"): OP_MSG, and OP_QUERY for
 * the first greeting. A thread serves each connection, so that a command may block on a sync
 * without holding up another, and whoever connects must know the password. The documents of an
 * insert are handed on as the bytes they came in.
 */
final class WireServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WireServer.class.getName());
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;
  private static final int HEADER = 16;
  private static final int CHECKSUM_PRESENT = 1;
  private static final int MORE_TO_COME = 1 << 1;

  /** Flags below this bit must be understood or refused, those above may be ignored. */
  private static final int REQUIRED_FLAGS = 0xFFFF;

  /** More than any pool of a driver; each is a thread. */
  private static final int MOST_CONNECTIONS = 1_000;

  private static final String USER = "soloist";

  private final CommandHandler commands;
  private final String password = Scram.randomPassword();
  private final Scram scram = new Scram(USER, password, Scram.random(16));
  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger ids = new AtomicInteger();

  /**
   * Listens.
   *
   * @param port 0 for any that is free
   */
  WireServer(CommandHandler commands, int port) throws IOException {
    this.commands = commands;
    this.listener = new ServerSocket(port, 128, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().name("store-accept").daemon().start(this::accept);
  }

  /** With the password, which is another at each start and known to nobody else. */
  String uri() {
    return "mongodb://"
        + USER
        + ":"
        + password
        + "@"
        + address()
        + "/?authSource=admin&authMechanism="
        + Scram.MECHANISM;
  }

  String address() {
    return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (connections.size() >= MOST_CONNECTIONS) {
          close(socket);
          continue;
        }
        socket.setTcpNoDelay(true);
        connections.add(socket);
        Thread.ofPlatform().name("store-connection").daemon().start(() -> serve(socket));
      } catch (SocketException _) {
        // Closed, or the client has gone again.
      } catch (IOException e) {
        LOG.log(Level.WARNING, "A connection could not be accepted", e);
      }
    }
    if (listener.isClosed()) {
      connections.forEach(WireServer::close);
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16))) {
      OutputStream out = socket.getOutputStream();
      byte[] header = new byte[HEADER];
      var visitor = new Visitor(commands, scram);
      var reply = new BsonWriter(1024);
      while (!listener.isClosed() && !visitor.isRefused()) {
        in.readFully(header);
        int length = BsonReader.intAt(header, 0);
        if (length < HEADER || length > visitor.longestMessage()) {
          throw new IOException("a message of " + length + " bytes");
        }
        byte[] message = new byte[length - HEADER];
        in.readFully(message);
        reply.clear();
        answer(header, message, visitor, reply);
        out.write(reply.array(), 0, reply.size());
      }
    } catch (EOFException | SocketException _) {
      // The client has closed its end.
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "A connection was dropped", e);
    } finally {
      connections.remove(socket);
    }
  }

  private void answer(byte[] header, byte[] message, Visitor visitor, BsonWriter reply)
      throws IOException {
    int request = BsonReader.intAt(header, 4);
    int operation = BsonReader.intAt(header, 12);
    switch (operation) {
      case OP_MSG -> message(request, message, visitor, reply);
      case OP_QUERY -> query(request, message, visitor, reply);
      default -> throw new IOException("the operation " + operation + " is not supported");
    }
  }

  /** Leaves the reply empty if none is wanted. */
  private void message(int request, byte[] message, Visitor visitor, BsonWriter reply)
      throws IOException {
    int flags = BsonReader.intAt(message, 0);
    if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) != 0) {
      throw new IOException("the flags " + flags + " are not supported");
    }
    int end = message.length - ((flags & CHECKSUM_PRESENT) != 0 ? Integer.BYTES : 0);
    Document answer;
    try {
      Document body = body(message, end);
      answer = visitor.handle(String.valueOf(body.get("$db")), body);
    } catch (MongoServerError e) {
      answer =
          new Document("ok", 0.0)
              .append("errmsg", e.getMessageWithoutErrorCode())
              .append("code", e.getCode());
    }
    if ((flags & MORE_TO_COME) != 0) {
      return;
    }
    begin(reply, request, OP_MSG);
    reply.writeInt(0);
    reply.writeByte(0);
    reply.document(answer);
    reply.setInt(0, reply.size());
  }

  private static Document body(byte[] message, int end) throws IOException {
    var body = new Document();
    var sequences = new Document();
    int at = Integer.BYTES;
    while (at < end) {
      byte kind = message[at++];
      if (kind == 0) {
        var reader = new BsonReader(message, at);
        body = reader.document();
        at = reader.position();
      } else if (kind == 1) {
        int sectionEnd = at + BsonReader.intAt(message, at);
        int name = at + Integer.BYTES;
        int nameEnd = name;
        while (message[nameEnd] != 0) {
          nameEnd++;
        }
        sequences.put(
            new String(message, name, nameEnd - name, ISO_8859_1),
            sequence(message, nameEnd + 1, sectionEnd));
        at = sectionEnd;
      } else {
        throw new IOException("a section of kind " + kind);
      }
    }
    body.putAll(sequences);
    return body;
  }

  private static List<RawBson> sequence(byte[] message, int from, int end) throws IOException {
    var documents = new ArrayList<RawBson>();
    int at = from;
    while (at < end) {
      int length = BsonReader.intAt(message, at);
      if (length < 5 || length > end - at) {
        throw new IOException("a document of " + length + " bytes");
      }
      documents.add(new RawBson(Arrays.copyOfRange(message, at, at + length)));
      at += length;
    }
    return documents;
  }

  /** The old form, in which drivers still send their first greeting. */
  private void query(int request, byte[] message, Visitor visitor, BsonWriter reply)
      throws IOException {
    int at = Integer.BYTES;
    while (message[at] != 0) {
      at++;
    }
    var name = new String(message, Integer.BYTES, at - Integer.BYTES, ISO_8859_1);
    if (!name.endsWith(".$cmd")) {
      throw new IOException("a query in the old form");
    }
    Document body = new BsonReader(message, at + 1 + 2 * Integer.BYTES).document();
    String database = name.substring(0, name.length() - ".$cmd".length());
    begin(reply, request, OP_REPLY);
    reply.writeInt(8);
    reply.writeLong(0);
    reply.writeInt(0);
    reply.writeInt(1);
    reply.document(visitor.handle(database, body));
    reply.setInt(0, reply.size());
  }

  private void begin(BsonWriter reply, int request, int operation) {
    reply.writeInt(0);
    reply.writeInt(ids.incrementAndGet());
    reply.writeInt(request);
    reply.writeInt(operation);
  }

  private static void close(AutoCloseable closed) {
    try {
      closed.close();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "A socket did not close", e);
    }
  }

  @Override
  public void close() {
    close(listener);
    connections.forEach(WireServer::close);
  }
}
