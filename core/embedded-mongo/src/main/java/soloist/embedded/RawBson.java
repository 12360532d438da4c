package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Bson;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A document as it lies on disk and goes over the wire, read only as far as it is asked.
 *
 * @param bytes exactly one BSON document; never changed
 */
@SuppressWarnings("ArrayRecordComponent")
record RawBson(byte[] bytes) implements Bson {
  private static final byte[] ID = {'_', 'i', 'd'};

  /** What comes before the first field: the length. */
  private static final int HEAD = Integer.BYTES;

  static RawBson of(Document document) {
    return new RawBson(BsonWriter.encode(document));
  }

  Document document() {
    return BsonReader.decode(bytes);
  }

  /** Refuses what is not well formed. */
  RawBson checked() {
    new BsonReader(bytes, 0).check();
    return this;
  }

  /** The value of a top-level field, or {@link Missing}. */
  @Nullable Object field(byte[] name) {
    var reader = new BsonReader(bytes, 0);
    byte type = reader.find(name);
    return type == 0 ? Missing.getInstance() : reader.value(type);
  }

  @Nullable Object field(String name) {
    return field(name.getBytes(UTF_8));
  }

  /** The key of a top-level field, mostly without making its value; null for an array. */
  byte @Nullable [] plainKey(byte[] name) {
    var reader = new BsonReader(bytes, 0);
    byte type = reader.find(name);
    if (type == BsonConstants.TYPE_ARRAY) {
      return null;
    }
    if (type == BsonConstants.TYPE_UTF8_STRING) {
      int from = reader.position() + Integer.BYTES;
      byte[] key = KeyBytes.ofPlain(bytes, from, BsonReader.intAt(bytes, reader.position()) - 1);
      if (key != null) {
        return key;
      }
    }
    return KeyBytes.of(type == 0 ? Missing.getInstance() : reader.value(type));
  }

  /** The type of a top-level field, or 0. */
  byte type(byte[] name) {
    return new BsonReader(bytes, 0).find(name);
  }

  /** True when another has the same type and bytes in a top-level field, or neither has it. */
  boolean isSame(RawBson other, byte[] name) {
    Place here = place(name);
    Place there = other.place(name);
    return here.type == there.type
        && Arrays.equals(bytes, here.from, here.to, other.bytes, there.from, there.to);
  }

  /** Where the value of a field lies. */
  private record Place(byte type, int from, int to) {}

  private Place place(byte[] name) {
    var reader = new BsonReader(bytes, 0);
    byte type = reader.find(name);
    int from = reader.position();
    if (type != 0) {
      reader.skip(type);
    }
    return new Place(type, from, reader.position());
  }

  @Nullable Object id() {
    return field(ID);
  }

  byte[] idKey() {
    byte[] key = plainKey(ID);
    return key == null ? KeyBytes.of(id()) : key;
  }

  boolean hasId() {
    return type(ID) != 0;
  }

  /** True when it says how to change a document instead of what it shall be. */
  boolean hasOperators() {
    return new BsonReader(bytes, 0).hasName('$');
  }

  /** The same with an {@code _id} of its own, which it must not have yet. */
  RawBson withNewId() {
    var writer = new BsonWriter(bytes.length + 20);
    writer.writeInt(0);
    writer.field("_id", new ObjectId());
    writer.writeBytes(bytes, HEAD, bytes.length - HEAD);
    writer.setInt(0, writer.size());
    return new RawBson(writer.toBytes());
  }

  /** The same with the {@code _id} of another, to the byte, before everything else. */
  RawBson withIdOf(RawBson other) {
    Place there = other.place(ID);
    Place here = place(ID);
    int name = 1 + ID.length + 1;
    int from = here.type == 0 ? HEAD : here.from - name;
    int to = here.type == 0 ? HEAD : here.to;
    if (from == HEAD && isSame(other, ID)) {
      return this;
    }
    var writer = new BsonWriter(bytes.length + there.to - there.from + name);
    writer.writeInt(0);
    writer.writeBytes(other.bytes, there.from - name, there.to - there.from + name);
    writer.writeBytes(bytes, HEAD, from - HEAD);
    writer.writeBytes(bytes, to, bytes.length - to);
    writer.setInt(0, writer.size());
    return new RawBson(writer.toBytes());
  }
}
