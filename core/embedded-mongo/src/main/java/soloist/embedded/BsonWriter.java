package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes BSON (bsonspec.org, version 1.1) into a growing array. Unlike the library's encoder it
 * keeps the subtype of binary values and copies stored documents as they are.
 */
final class BsonWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What is kept when it is used again. */
  private static final int KEPT = 1 << 18;

  private byte[] bytes;
  private int size;

  BsonWriter(int capacity) {
    bytes = new byte[capacity];
  }

  static byte[] encode(Map<String, ?> document) {
    var writer = new BsonWriter(256);
    writer.document(document);
    return writer.toBytes();
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Begins anew, with the room it had if that is not too much to keep. */
  void clear() {
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[KEPT];
    }
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  void writeByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void writeInt(int value) {
    room(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  void writeLong(long value) {
    room(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void writeBytes(byte[] value) {
    writeBytes(value, 0, value.length);
  }

  void writeBytes(byte[] value, int from, int length) {
    room(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  void document(Map<String, ?> document) {
    int start = size;
    writeInt(0);
    for (Map.Entry<String, ?> field : document.entrySet()) {
      field(field.getKey(), field.getValue());
    }
    writeByte(0);
    setInt(start, size - start);
  }

  void field(String name, @Nullable Object value) {
    int type = size;
    writeByte(0);
    cString(name);
    // Written after the value: that may have moved everything to a larger array.
    byte code = value(value);
    bytes[type] = code;
  }

  private byte value(@Nullable Object value) {
    switch (value) {
      case null -> {
        return BsonConstants.TYPE_NULL;
      }
      case String text -> {
        string(text);
        return BsonConstants.TYPE_UTF8_STRING;
      }
      case Integer number -> {
        writeInt(number);
        return BsonConstants.TYPE_INT32;
      }
      case Long number -> {
        writeLong(number);
        return BsonConstants.TYPE_INT64;
      }
      case Double number -> {
        writeLong(Double.doubleToRawLongBits(number));
        return BsonConstants.TYPE_DOUBLE;
      }
      case RawBson raw -> {
        writeBytes(raw.bytes());
        return BsonConstants.TYPE_EMBEDDED_DOCUMENT;
      }
      case Map<?, ?> map -> {
        @SuppressWarnings("unchecked")
        Map<String, ?> document = (Map<String, ?>) map;
        document(document);
        return BsonConstants.TYPE_EMBEDDED_DOCUMENT;
      }
      case Collection<?> items -> {
        array(items);
        return BsonConstants.TYPE_ARRAY;
      }
      case Boolean flag -> {
        writeByte(flag ? 1 : 0);
        return BsonConstants.TYPE_BOOLEAN;
      }
      case Instant instant -> {
        writeLong(instant.toEpochMilli());
        return BsonConstants.TYPE_UTC_DATETIME;
      }
      case ObjectId id -> {
        writeBytes(id.toByteArray());
        return BsonConstants.TYPE_OBJECT_ID;
      }
      case Decimal128 decimal -> {
        writeLong(decimal.getLow());
        writeLong(decimal.getHigh());
        return BsonConstants.TYPE_DECIMAL128;
      }
      case BsonTimestamp timestamp -> {
        writeLong(timestamp.getValue());
        return BsonConstants.TYPE_TIMESTAMP;
      }
      case BsonRegularExpression pattern -> {
        cString(pattern.getPattern());
        cString(pattern.getOptions() == null ? "" : pattern.getOptions());
        return BsonConstants.TYPE_REGEX;
      }
      case MinKey _ -> {
        return BsonConstants.TYPE_MIN_KEY;
      }
      case MaxKey _ -> {
        return BsonConstants.TYPE_MAX_KEY;
      }
      case BsonJavaScript script -> {
        string(script.getCode());
        return BsonConstants.TYPE_JAVASCRIPT_CODE;
      }
      default -> {
        TypedBinary binary = binary(value);
        writeInt(binary.data().length);
        writeByte(binary.subtype());
        writeBytes(binary.data());
        return BsonConstants.TYPE_DATA;
      }
    }
  }

  /** The bytes of any binary value, as they go over the wire. */
  static TypedBinary binary(Object value) {
    return switch (value) {
      case TypedBinary binary -> binary;
      case BinData data -> new TypedBinary((byte) 0, data.getData());
      case UUID uuid -> {
        var writer = new BsonWriter(16);
        writer.writeLong(Long.reverseBytes(uuid.getMostSignificantBits()));
        writer.writeLong(Long.reverseBytes(uuid.getLeastSignificantBits()));
        yield new TypedBinary(BsonConstants.BINARY_SUBTYPE_UUID, writer.bytes);
      }
      case LegacyUUID legacy -> {
        var writer = new BsonWriter(16);
        writer.writeLong(legacy.getUuid().getMostSignificantBits());
        writer.writeLong(legacy.getUuid().getLeastSignificantBits());
        yield new TypedBinary(BsonConstants.BINARY_SUBTYPE_OLD_UUID, writer.bytes);
      }
      default -> throw new IllegalArgumentException("no BSON type for " + value.getClass());
    };
  }

  private void array(Collection<?> items) {
    int start = size;
    writeInt(0);
    int index = 0;
    for (Object item : items) {
      field(Integer.toString(index++), item);
    }
    writeByte(0);
    setInt(start, size - start);
  }

  private void string(String value) {
    int start = size;
    writeInt(0);
    text(value);
    writeByte(0);
    setInt(start, size - start - 4);
  }

  void cString(String value) {
    if (value.indexOf('\0') >= 0) {
      throw Refusal.badValue("a field name or pattern may not hold the character 0");
    }
    text(value);
    writeByte(0);
  }

  private void text(String value) {
    int length = value.length();
    room(length);
    for (int i = 0; i < length; i++) {
      char letter = value.charAt(i);
      if (letter >= 0x80) {
        writeBytes(value.substring(i).getBytes(UTF_8));
        return;
      }
      bytes[size++] = (byte) letter;
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
