package soloist.embedded;

import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One index in the file. An entry's key is the encoded values, the document's {@code _id} key and
 * the length of the latter in four bytes; there is no value, so the entry is all there is to read.
 */
final class StoredIndex {
  private static final byte[] NOTHING = new byte[0];

  /** From here on a set is faster than looking through a list. */
  private static final int MANY = 8;

  private final LayeredMap map;
  private final String name;
  private volatile IndexSpec spec;

  StoredIndex(IndexSpec spec, LayeredMap map) {
    this.spec = spec;
    this.map = map;
    this.name = name(spec);
  }

  /** What its map is called. */
  String name() {
    return name;
  }

  static String name(IndexSpec spec) {
    return "i" + spec.id();
  }

  IndexSpec spec() {
    return spec;
  }

  void spec(IndexSpec changed) {
    spec = changed;
  }

  LayeredMap map() {
    return map;
  }

  /** True when both have the same in all fields that this index looks at. */
  boolean isSame(RawBson first, RawBson second) {
    for (IndexSpec.Field field : spec.fields()) {
      if (!field.path().isSame(first, second)) {
        return false;
      }
    }
    return true;
  }

  /** The entries of a document, to be compared, checked and written by the collection. */
  Entries entries(@Nullable RawBson document, byte[] id) {
    if (document == null) {
      return Entries.NONE;
    }
    IndexKeys keys = IndexKeys.of(spec.fields(), document);
    if (spec.sparse() && !keys.present()) {
      return Entries.NONE;
    }
    var entries = new ArrayList<byte[]>(keys.keys().size());
    for (byte[] key : keys.keys()) {
      entries.add(entry(key, id));
    }
    return new Entries(entries, keys.arrays());
  }

  /**
   * What one document has in this index.
   *
   * @param keys each once
   * @param arrays true when an array made them
   */
  record Entries(List<byte[]> keys, boolean arrays) {
    static final Entries NONE = new Entries(List.of(), false);

    List<byte[]> without(Entries others) {
      if (others.keys.isEmpty()) {
        return keys;
      }
      if (keys.size() > MANY && others.keys.size() > MANY) {
        var sorted = new TreeSet<byte[]>(Arrays::compareUnsigned);
        sorted.addAll(others.keys);
        return keys.stream().filter(key -> !sorted.contains(key)).toList();
      }
      var left = new ArrayList<byte[]>(keys.size());
      for (byte[] key : keys) {
        if (!others.has(key)) {
          left.add(key);
        }
      }
      return left;
    }

    boolean has(byte[] entry) {
      for (byte[] key : keys) {
        if (Arrays.equals(key, entry)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * True when a document other than this has these values.
   *
   * @param entries of the map of this index
   */
  static boolean isTaken(byte[] values, byte[] id, View entries) {
    if (!entries.mayHavePrefix(values)) {
      return false;
    }
    View.Cursor cursor = entries.cursor(values, false);
    while (cursor.next() && KeyBytes.startsWith(cursor.key(), values)) {
      if (!Arrays.equals(idOf(cursor.key()), id)) {
        return true;
      }
    }
    return false;
  }

  /** What whoever stores a document hears whose values another has in this unique index. */
  DuplicateKeyError taken(RawBson document, String collection) {
    return new DuplicateKeyError(collection, spec.name() + " dup key: " + shown(document));
  }

  private String shown(RawBson document) {
    var shown = new StringBuilder("{ ");
    for (IndexSpec.Field field : spec.fields()) {
      Object value =
          de.bwaldvogel.mongo.backend.Utils.getSubdocumentValueCollectionAware(
              document.document(), field.path().dotted());
      shown.append(shown.length() > 2 ? ", " : "");
      shown.append(field.path()).append(": ").append(Json.toCompactJsonValue(value));
    }
    return shown.append(" }").toString();
  }

  static byte[] entry(byte[] values, byte[] id) {
    byte[] entry = Arrays.copyOf(values, values.length + id.length + Integer.BYTES);
    System.arraycopy(id, 0, entry, values.length, id.length);
    for (int i = 0; i < Integer.BYTES; i++) {
      entry[entry.length - 1 - i] = (byte) (id.length >>> (8 * i));
    }
    return entry;
  }

  static byte[] valuesOf(byte[] entry, byte[] id) {
    return Arrays.copyOf(entry, entry.length - id.length - Integer.BYTES);
  }

  static byte[] idOf(byte[] entry) {
    int length = 0;
    for (int i = entry.length - Integer.BYTES; i < entry.length; i++) {
      length = (length << 8) | (entry[i] & 0xFF);
    }
    int end = entry.length - Integer.BYTES;
    return Arrays.copyOfRange(entry, end - length, end);
  }

  static byte[] nothing() {
    return NOTHING;
  }
}
