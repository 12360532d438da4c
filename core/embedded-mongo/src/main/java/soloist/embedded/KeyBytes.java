package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes whose unsigned order is MongoDB's comparison order (manual: "BSON
 * comparison order"), exactly, for every type: two values are equal to MongoDB if and only if their
 * bytes are equal. No encoding is a prefix of another, so encodings may be joined, and a field that
 * descends is stored with its bits flipped.
 */
final class KeyBytes {
  static final int MIN_KEY = 0x08;
  static final int EMPTY_ARRAY = 0x0C;
  static final int NULL = 0x10;
  static final int NUMBER = 0x18;
  static final int STRING = 0x20;
  static final int DOCUMENT = 0x28;
  static final int ARRAY = 0x30;
  static final int BINARY = 0x38;
  static final int OBJECT_ID = 0x40;
  static final int BOOLEAN = 0x48;
  static final int DATE = 0x50;
  static final int TIMESTAMP = 0x58;
  static final int PATTERN = 0x60;
  static final int SCRIPT = 0x68;
  static final int MAX_KEY = 0xF0;

  private byte[] bytes = new byte[48];
  private int size;

  static byte[] of(@Nullable Object value) {
    return new KeyBytes().add(value).toBytes();
  }

  /** The key of a text in UTF-8 that has only ASCII and no 0 in it, or null if that is not so. */
  static byte @Nullable [] ofPlain(byte[] text, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (text[i] <= 0) {
        return null;
      }
    }
    byte[] key = new byte[length + 3];
    key[0] = STRING;
    System.arraycopy(text, from, key, 1, length);
    key[length + 2] = 1;
    return key;
  }

  /** The smallest key greater than every key that starts with these bytes. */
  static byte[] after(byte[] prefix) {
    byte[] next = prefix.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        return Arrays.copyOf(next, i + 1);
      }
    }
    throw new IllegalArgumentException("nothing sorts after this key");
  }

  /** True when the second is the smallest key after all that start with the first. */
  static boolean isAfter(byte[] prefix, byte[] next) {
    int last = next.length - 1;
    if (last < 0 || last >= prefix.length || next[last] != (byte) (prefix[last] + 1)) {
      return false;
    }
    for (int i = last + 1; i < prefix.length; i++) {
      if (prefix[i] != -1) {
        return false;
      }
    }
    return next[last] != 0 && Arrays.equals(prefix, 0, last, next, 0, last);
  }

  static byte[] flipped(byte[] key) {
    byte[] flipped = key.clone();
    for (int i = 0; i < flipped.length; i++) {
      flipped[i] = (byte) ~flipped[i];
    }
    return flipped;
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** These in order, each once. */
  static List<byte[]> sorted(List<byte[]> keys) {
    byte[][] sorted = keys.toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    int count = 0;
    for (byte[] key : sorted) {
      if (count == 0 || !Arrays.equals(sorted[count - 1], key)) {
        sorted[count++] = key;
      }
    }
    return List.of(Arrays.copyOf(sorted, count));
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The tag under which values of this type sort: numbers of all four kinds share one. */
  static int tag(@Nullable Object value) {
    return switch (value) {
      case null -> NULL;
      case Missing _ -> NULL;
      case Number _ -> NUMBER;
      case String _ -> STRING;
      case Map<?, ?> _ -> DOCUMENT;
      case RawBson _ -> DOCUMENT;
      case Collection<?> _ -> ARRAY;
      case ObjectId _ -> OBJECT_ID;
      case Boolean _ -> BOOLEAN;
      case Instant _ -> DATE;
      case BsonTimestamp _ -> TIMESTAMP;
      case BsonRegularExpression _ -> PATTERN;
      case BsonJavaScript _ -> SCRIPT;
      case MinKey _ -> MIN_KEY;
      case MaxKey _ -> MAX_KEY;
      case BinData _ -> BINARY;
      case UUID _ -> BINARY;
      case LegacyUUID _ -> BINARY;
      case TypedBinary _ -> BINARY;
      default -> throw new IllegalArgumentException("no sort order for " + value.getClass());
    };
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  KeyBytes add(@Nullable Object value) {
    int tag = tag(value);
    put(tag);
    switch (value) {
      case Number number -> NumberBytes.write(number, this);
      case String text -> text(text);
      case RawBson raw -> fields(raw.document());
      case Map<?, ?> map -> fields(map);
      case Collection<?> items -> {
        items.forEach(this::add);
        put(0);
      }
      case ObjectId id -> putAll(id.toByteArray());
      case Boolean flag -> put(flag ? 1 : 0);
      case Instant instant -> putLong(instant.toEpochMilli() ^ Long.MIN_VALUE);
      case BsonTimestamp timestamp -> putLong(timestamp.getValue());
      case BsonRegularExpression pattern -> {
        text(pattern.getPattern());
        text(pattern.getOptions() == null ? "" : pattern.getOptions());
      }
      case BsonJavaScript script -> text(script.getCode());
      case null, default -> {
        if (value != null && tag == BINARY) {
          binary(BsonWriter.binary(value));
        }
      }
    }
    return this;
  }

  /** The place of an array without items in a multikey index: below null, as MongoDB has it. */
  KeyBytes addEmptyArray() {
    put(EMPTY_ARRAY);
    return this;
  }

  /** Fields count in their order: by type, then name, then value; what ends first is less. */
  private void fields(Map<?, ?> document) {
    document.forEach(
        (name, value) -> {
          put(tag(value));
          text((String) name);
          add(value);
        });
    put(0);
  }

  /** Binary sorts by length, then subtype, then bytes. */
  private void binary(TypedBinary binary) {
    putInt(binary.data().length);
    put(binary.subtype());
    putAll(binary.data());
  }

  /** UTF-8, whose byte order is the order of code points; 0 is escaped to end before it. */
  private void text(String text) {
    byte[] letters = text.getBytes(UTF_8);
    if (text.indexOf('\0') < 0) {
      putAll(letters);
    } else {
      for (byte letter : letters) {
        put(letter);
        if (letter == 0) {
          put(0xFF);
        }
      }
    }
    put(0);
    put(1);
  }

  void put(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      put(value >>> shift);
    }
  }

  void putLong(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
  }

  void putAll(byte[] values) {
    room(values.length);
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
