package soloist.embedded;

import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * One index in the file. An entry's key is the encoded values, the document's {@code _id} key and
 * the length of the latter in four bytes; there is no value, so the entry is all there is to read.
 */
final class StoredIndex {
  private static final byte[] NOTHING = new byte[0];
  private static final NavigableSet<byte[]> NONE = new TreeSet<>(Arrays::compareUnsigned);

  private final MVMap<byte[], byte[]> map;
  private volatile IndexSpec spec;

  StoredIndex(IndexSpec spec, MVMap<byte[], byte[]> map) {
    this.spec = spec;
    this.map = map;
  }

  IndexSpec spec() {
    return spec;
  }

  void spec(IndexSpec changed) {
    spec = changed;
  }

  MVMap<byte[], byte[]> map() {
    return map;
  }

  /** The entries of a document, to be compared, checked and written by the collection. */
  Entries entries(@Nullable RawBson document, byte[] id) {
    if (document == null) {
      return new Entries(NONE, false);
    }
    IndexKeys keys = IndexKeys.of(spec.fields(), document);
    if (spec.sparse() && !keys.present()) {
      return new Entries(NONE, false);
    }
    var entries = new TreeSet<byte[]>(Arrays::compareUnsigned);
    keys.keys().forEach(values -> entries.add(entry(values, id)));
    return new Entries(entries, keys.arrays());
  }

  /**
   * What one document has in this index.
   *
   * @param arrays true when an array made them
   */
  record Entries(NavigableSet<byte[]> keys, boolean arrays) {}

  /** Refuses an entry whose values another document already has in a unique index. */
  void check(Entries entries, byte[] id, RawBson document, String collection) {
    if (!spec.unique()) {
      return;
    }
    for (byte[] entry : entries.keys()) {
      byte[] values = Arrays.copyOf(entry, entry.length - id.length - Integer.BYTES);
      byte[] found = map.ceilingKey(values);
      while (found != null && KeyBytes.startsWith(found, values)) {
        if (!Arrays.equals(idOf(found), id)) {
          throw new DuplicateKeyError(collection, spec.name() + " dup key: " + shown(document));
        }
        found = map.higherKey(found);
      }
    }
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
