package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads BSON from an array: whole, one field of it, or only to see that it is well formed. */
final class BsonReader {
  /** MongoDB's limit on nesting; a deeper document is refused before it can exhaust the stack. */
  private static final int MAX_DEPTH = 100;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;

  BsonReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  static Document decode(byte[] bytes) {
    return new BsonReader(bytes, 0).document();
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  int position() {
    return at;
  }

  Document document() {
    return document("");
  }

  /**
   * Reads a document.
   *
   * @param raw the name of a field in which a document is left as it is
   */
  Document document(String raw) {
    var document = new Document();
    int end = enter();
    for (byte type = bytes[at++]; type != 0; type = bytes[at++]) {
      String name = cString();
      boolean left = type == BsonConstants.TYPE_EMBEDDED_DOCUMENT && name.equals(raw);
      document.put(name, left ? new RawBson(take(length(5, 0))) : value(type));
    }
    leave(end);
    return document;
  }

  /** Goes to the value of a field and tells its type, which is 0 if there is no such field. */
  byte find(byte[] name) {
    at += 4;
    for (byte type = bytes[at++]; type != 0; type = bytes[at++]) {
      if (isNamed(name)) {
        at += name.length + 1;
        return type;
      }
      skipCString();
      skip(type);
    }
    return 0;
  }

  private boolean isNamed(byte[] name) {
    int end = at + name.length;
    return end < bytes.length
        && bytes[end] == 0
        && Arrays.equals(bytes, at, end, name, 0, name.length);
  }

  /** True when the name of a field at the top of the document that starts here begins so. */
  boolean hasName(char letter) {
    at += 4;
    for (byte type = bytes[at++]; type != 0; type = bytes[at++]) {
      if (bytes[at] == letter) {
        return true;
      }
      skipCString();
      skip(type);
    }
    return false;
  }

  /** Checks the document that starts here from end to end. */
  void check() {
    check(0);
  }

  private void check(int depth) {
    if (depth > MAX_DEPTH) {
      throw Refusal.of(15, "Overflow", "a document may be nested at most 100 levels deep");
    }
    int end = enter();
    for (byte type = bytes[at++]; type != 0; type = bytes[at++]) {
      skipCString();
      if (type == BsonConstants.TYPE_EMBEDDED_DOCUMENT || type == BsonConstants.TYPE_ARRAY) {
        check(depth + 1);
      } else {
        skip(type);
      }
      if (at >= end) {
        throw malformed();
      }
    }
    leave(end);
  }

  private int enter() {
    int length = readInt();
    int end = at - 4 + length;
    if (length < 5 || end > bytes.length || end < at) {
      throw malformed();
    }
    return end;
  }

  private void leave(int end) {
    if (at != end) {
      throw malformed();
    }
  }

  private static RuntimeException malformed() {
    return Refusal.of(22, "InvalidBSON", "the document is not well-formed BSON");
  }

  @Nullable Object value(byte type) {
    return switch (type) {
      case BsonConstants.TYPE_DOUBLE -> Double.longBitsToDouble(readLong());
      case BsonConstants.TYPE_UTF8_STRING -> string();
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT -> document();
      case BsonConstants.TYPE_ARRAY -> array();
      case BsonConstants.TYPE_DATA -> binary();
      case BsonConstants.TYPE_UNDEFINED, BsonConstants.TYPE_NULL -> null;
      case BsonConstants.TYPE_OBJECT_ID -> new ObjectId(take(12));
      case BsonConstants.TYPE_BOOLEAN -> bytes[at++] != 0;
      case BsonConstants.TYPE_UTC_DATETIME -> Instant.ofEpochMilli(readLong());
      case BsonConstants.TYPE_REGEX -> new BsonRegularExpression(cString(), cString());
      case BsonConstants.TYPE_INT32 -> readInt();
      case BsonConstants.TYPE_TIMESTAMP -> new BsonTimestamp(readLong());
      case BsonConstants.TYPE_INT64 -> readLong();
      case BsonConstants.TYPE_DECIMAL128 -> new Decimal128(readLong(), readLong());
      case BsonConstants.TYPE_MAX_KEY -> MaxKey.getInstance();
      case BsonConstants.TYPE_MIN_KEY -> MinKey.getInstance();
      case BsonConstants.TYPE_JAVASCRIPT_CODE -> new BsonJavaScript(string());
      default -> throw unknown(type);
    };
  }

  void skip(byte type) {
    at +=
        switch (type) {
          case BsonConstants.TYPE_DOUBLE,
              BsonConstants.TYPE_UTC_DATETIME,
              BsonConstants.TYPE_TIMESTAMP,
              BsonConstants.TYPE_INT64 ->
              8;
          case BsonConstants.TYPE_INT32 -> 4;
          case BsonConstants.TYPE_UTF8_STRING, BsonConstants.TYPE_JAVASCRIPT_CODE ->
              4 + length(1, 0);
          case BsonConstants.TYPE_DATA -> 4 + length(0, 1);
          case BsonConstants.TYPE_EMBEDDED_DOCUMENT, BsonConstants.TYPE_ARRAY -> length(5, 0);
          case BsonConstants.TYPE_OBJECT_ID -> 12;
          case BsonConstants.TYPE_BOOLEAN -> 1;
          case BsonConstants.TYPE_DECIMAL128 -> 16;
          case BsonConstants.TYPE_UNDEFINED,
              BsonConstants.TYPE_NULL,
              BsonConstants.TYPE_MAX_KEY,
              BsonConstants.TYPE_MIN_KEY ->
              0;
          case BsonConstants.TYPE_REGEX -> {
            int start = at;
            skipCString();
            skipCString();
            int skipped = at - start;
            at = start;
            yield skipped;
          }
          default -> throw unknown(type);
        };
    if (at > bytes.length) {
      throw malformed();
    }
  }

  private static RuntimeException unknown(byte type) {
    return Refusal.badValue(
        "values of BSON type 0x" + Integer.toHexString(type & 0xFF) + " are not supported");
  }

  private int length(int least, int more) {
    int length = intAt(bytes, at);
    if (length < least || length > bytes.length - at) {
      throw malformed();
    }
    return length + more;
  }

  private List<@Nullable Object> array() {
    var items = new ArrayList<@Nullable Object>();
    int end = enter();
    for (byte type = bytes[at++]; type != 0; type = bytes[at++]) {
      skipCString();
      items.add(value(type));
    }
    leave(end);
    return items;
  }

  private Object binary() {
    int length = length(0, 0);
    at += 4;
    byte subtype = bytes[at++];
    byte[] data = take(length);
    if (subtype == BsonConstants.BINARY_SUBTYPE_GENERIC) {
      return new BinData(data);
    }
    if (length == BsonConstants.LENGTH_UUID && subtype == BsonConstants.BINARY_SUBTYPE_UUID) {
      return new UUID(
          Long.reverseBytes((long) LONG.get(data, 0)), Long.reverseBytes((long) LONG.get(data, 8)));
    }
    if (length == BsonConstants.LENGTH_UUID && subtype == BsonConstants.BINARY_SUBTYPE_OLD_UUID) {
      return new LegacyUUID((long) LONG.get(data, 0), (long) LONG.get(data, 8));
    }
    return new TypedBinary(subtype, data);
  }

  private byte[] take(int length) {
    if (length > bytes.length - at) {
      throw malformed();
    }
    byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return taken;
  }

  private String string() {
    int length = length(1, 0);
    var value = new String(bytes, at + 4, length - 1, UTF_8);
    at += 4 + length;
    return value;
  }

  private String cString() {
    int start = at;
    skipCString();
    return new String(bytes, start, at - 1 - start, UTF_8);
  }

  private void skipCString() {
    while (bytes[at] != 0) {
      at++;
    }
    at++;
  }

  private int readInt() {
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  private long readLong() {
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }
}
