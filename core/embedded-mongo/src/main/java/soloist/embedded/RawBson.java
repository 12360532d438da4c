package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Bson;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A document as it lies on disk and goes over the wire, read only as far as it is asked.
 *
 * @param bytes exactly one BSON document; never changed
 */
@SuppressWarnings("ArrayRecordComponent")
record RawBson(byte[] bytes) implements Bson {
  private static final byte[] ID = {'_', 'i', 'd'};

  static RawBson of(Document document) {
    return new RawBson(BsonWriter.encode(document));
  }

  Document document() {
    return BsonReader.decode(bytes);
  }

  /** The value of a top-level field, or {@link Missing}. */
  @Nullable Object field(byte[] name) {
    return new BsonReader(bytes, 0).field(name, Missing.getInstance());
  }

  @Nullable Object field(String name) {
    return field(name.getBytes(UTF_8));
  }

  @Nullable Object id() {
    return field(ID);
  }
}
