package soloist.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The format of a backup. It starts with the line {@code soloist-backup 1}, the version; then
 * blocks follow, each of them
 *
 * <pre>
 *   length of the content, 4 bytes, most significant first
 *   kind, 1 byte: H head, F file, C collection, D documents, E end
 *   content: one BSON document; for D as many as fit into about a megabyte
 *   CRC-32C over the number of the block (8 bytes, from 0), its kind and its content
 * </pre>
 *
 * <p>H {@code {taken, documents}}, then each F {@code {name, bytes}}, then each C {@code {name,
 * documents, indexes}} with its D, then E {@code {blocks, documents}} and nothing more.
 */
final class BackupFile {
  static final int VERSION = 1;

  /** The largest document, and some room for what is around it. */
  static final int MOST = 17 * 1024 * 1024;

  private static final String MAGIC = "soloist-backup ";
  private static final int DOCUMENTS_BYTES = 1024 * 1024;

  private BackupFile() {}

  /** Writes block after block; in the right order is the caller's part. */
  static final class Writer {
    private final DataOutputStream out;
    private BsonWriter gathered = new BsonWriter(DOCUMENTS_BYTES);
    private long blocks;
    private long documents;

    Writer(OutputStream out) throws IOException {
      this.out = new DataOutputStream(out);
      this.out.write((MAGIC + VERSION + "\n").getBytes(US_ASCII));
    }

    void head(Instant taken, long total) throws IOException {
      block('H', new Document("taken", taken).append("documents", total));
    }

    void file(String name, byte[] bytes) throws IOException {
      block('F', new Document("name", name).append("bytes", new BinData(bytes)));
    }

    void collection(String name, long count, List<Document> indexes) throws IOException {
      flush();
      block('C', new Document("name", name).append("documents", count).append("indexes", indexes));
    }

    /** True when that filled a block. */
    boolean document(byte[] bytes) throws IOException {
      gathered.writeBytes(bytes);
      documents++;
      return gathered.size() >= DOCUMENTS_BYTES && flush();
    }

    void end() throws IOException {
      flush();
      block('E', new Document("blocks", blocks).append("documents", documents));
      out.flush();
    }

    long documents() {
      return documents;
    }

    private boolean flush() throws IOException {
      if (gathered.size() > 0) {
        block('D', gathered.toBytes());
        gathered = new BsonWriter(DOCUMENTS_BYTES);
      }
      return true;
    }

    private void block(char kind, Document content) throws IOException {
      block(kind, BsonWriter.encode(content));
    }

    private void block(char kind, byte[] content) throws IOException {
      out.writeInt(content.length);
      out.writeByte(kind);
      out.write(content);
      out.writeInt(checksum(blocks++, kind, content));
    }
  }

  private static int checksum(long number, char kind, byte[] content) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES + 1).putLong(number).put((byte) kind).flip());
    crc.update(content);
    return (int) crc.getValue();
  }

  /** Takes what a backup holds, in its order. */
  interface Taker {
    void file(String name, byte[] bytes) throws IOException;

    void collection(String name, List<Document> indexes);

    /** Some documents of the collection named last. */
    void documents(List<RawBson> documents);
  }

  /**
   * Reads a backup from end to end and checks all there is to check.
   *
   * @throws StoreException when it is not whole, not ours or newer
   */
  static Backup.Contents read(Path file, Taker taker) {
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      version(file, in);
      return new Reader(file, in, taker).read();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "The backup " + file + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  private static void version(Path file, DataInputStream in) throws IOException {
    var line = new String(in.readNBytes(MAGIC.length() + 1), US_ASCII);
    for (int next = in.read(); next != '\n' && line.length() < MAGIC.length() + 5; ) {
      line += (char) next;
      next = in.read();
    }
    String version = line.startsWith(MAGIC) ? line.substring(MAGIC.length()) : "";
    if (!version.matches("[0-9]{1,5}")) {
      throw new StoreException(
          StoreException.Kind.DAMAGED, "The file " + file + " is not a backup of Soloist.");
    }
    if (Integer.parseInt(version) != VERSION) {
      throw new StoreException(
          StoreException.Kind.NEWER,
          "The backup "
              + file
              + " has format "
              + version
              + ", but this version reads format "
              + VERSION
              + " only; update before restoring it.");
    }
  }

  private static final class Reader {
    private final Path file;
    private final DataInputStream in;
    private final Taker taker;
    private final Map<String, Long> collections = new LinkedHashMap<>();
    private final Set<String> files = new HashSet<>();
    private long blocks;
    private long documents;
    private long missing;
    private Instant taken = Instant.EPOCH;
    private long total;

    Reader(Path file, DataInputStream in, Taker taker) {
      this.file = file;
      this.in = in;
      this.taker = taker;
    }

    Backup.Contents read() throws IOException {
      char kind;
      do {
        int length = readInt();
        int letter = in.read();
        if (length < 0 || length > MOST || letter < 0) {
          throw damaged();
        }
        kind = (char) letter;
        byte[] content = in.readNBytes(length);
        if (content.length < length || readInt() != checksum(blocks, kind, content)) {
          throw damaged();
        }
        take(kind, content);
        blocks++;
      } while (kind != 'E');
      if (in.read() >= 0) {
        throw damaged();
      }
      return new Backup.Contents(taken, documents, Map.copyOf(collections), Set.copyOf(files));
    }

    private int readInt() throws IOException {
      byte[] bytes = in.readNBytes(Integer.BYTES);
      if (bytes.length < Integer.BYTES) {
        throw damaged();
      }
      return ByteBuffer.wrap(bytes).getInt();
    }

    private void take(char kind, byte[] content) throws IOException {
      expect((blocks == 0) == (kind == 'H'));
      switch (kind) {
        case 'H' -> {
          Document head = BsonReader.decode(content);
          total = Part.number(head, "documents");
          if (head.get("taken") instanceof Instant instant) {
            taken = instant;
          }
        }
        case 'F' -> {
          Document described = BsonReader.decode(content);
          String name = Part.text(described, "name");
          if (described.get("bytes") instanceof BinData bytes) {
            files.add(name);
            taker.file(name, bytes.getData());
          }
        }
        case 'C' -> {
          expect(missing == 0);
          Document described = BsonReader.decode(content);
          String name = Part.text(described, "name");
          missing = Part.number(described, "documents");
          collections.put(name, missing);
          taker.collection(
              name, Part.list(described, "indexes").stream().map(Document.class::cast).toList());
        }
        case 'D' -> {
          List<RawBson> some = split(content);
          missing -= some.size();
          documents += some.size();
          expect(missing >= 0);
          taker.documents(some);
        }
        case 'E' -> {
          Document end = BsonReader.decode(content);
          expect(missing == 0);
          expect(Part.number(end, "blocks") == blocks);
          expect(Part.number(end, "documents") == documents);
          expect(total == documents);
        }
        default -> throw damaged();
      }
    }

    private List<RawBson> split(byte[] content) {
      var documents = new ArrayList<RawBson>();
      int at = 0;
      while (at < content.length) {
        int end = at + BsonReader.intAt(content, at);
        documents.add(new RawBson(Arrays.copyOfRange(content, at, end)));
        at = end;
      }
      return documents;
    }

    private void expect(boolean holds) {
      if (!holds) {
        throw damaged();
      }
    }

    private StoreException damaged() {
      return new StoreException(
          StoreException.Kind.DAMAGED,
          "The backup "
              + file
              + " is damaged or was cut short at its block "
              + blocks
              + "; nothing of it was restored, use another.");
    }
  }
}
