package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an index is made of.
 *
 * @param id names its map in the file and is never used again
 * @param multikey a document with an array went in: bounds of two sides may no longer be joined
 * @param ready false while it is built on documents that were there before it
 */
record IndexSpec(
    long id,
    String name,
    List<Field> fields,
    boolean unique,
    boolean sparse,
    OptionalLong expireAfterSeconds,
    boolean multikey,
    boolean ready) {
  private static final Set<String> KNOWN =
      Set.of("key", "name", "unique", "sparse", "expireAfterSeconds", "v", "ns", "background");

  /** One field of the key. */
  record Field(FieldPath path, boolean ascending) {}

  /** Reads the description a client sent; what it asks for and we cannot do is refused. */
  static IndexSpec parse(long id, Document description) {
    for (String option : description.keySet()) {
      if (!KNOWN.contains(option)) {
        throw Refusal.unsupported("the index option " + option);
      }
    }
    if (!(description.get("key") instanceof Document key) || key.isEmpty()) {
      throw Refusal.of(67, "CannotCreateIndex", "Index keys cannot be an empty object");
    }
    if (!(description.get("name") instanceof String name) || name.isEmpty()) {
      throw Refusal.of(9, "FailedToParse", "The 'name' field is a required property of an index");
    }
    var fields = new ArrayList<Field>();
    key.forEach((path, direction) -> fields.add(field(path, direction)));
    var expire = OptionalLong.empty();
    if (description.get("expireAfterSeconds") instanceof Number seconds) {
      if (fields.size() > 1 || seconds.longValue() < 0) {
        throw Refusal.of(
            67, "CannotCreateIndex", "TTL indexes are on one field, with seconds from 0 up");
      }
      expire = OptionalLong.of(seconds.longValue());
    }
    return new IndexSpec(
        id,
        name,
        List.copyOf(fields),
        Filter.isTrue(description.get("unique")),
        Filter.isTrue(description.get("sparse")),
        expire,
        false,
        true);
  }

  /** Reads what {@link #stored()} wrote. */
  static IndexSpec restore(Document stored) {
    var description = stored.clone();
    long id = Part.number(description, "id");
    description.remove("id");
    boolean multikey = Filter.isTrue(description.remove("multikey"));
    boolean ready = Filter.isTrue(description.remove("ready"));
    return parse(id, description).with(multikey, ready);
  }

  private static Field field(String path, Object direction) {
    if (!(direction instanceof Number number) || number.doubleValue() == 0) {
      throw Refusal.unsupported("an index of kind " + direction);
    }
    if (path.isEmpty() || path.startsWith("$") || path.contains("$**") || path.endsWith(".")) {
      throw Refusal.unsupported("an index on " + path);
    }
    return new Field(new FieldPath(path), number.doubleValue() > 0);
  }

  IndexSpec with(boolean multikey, boolean ready) {
    return new IndexSpec(id, name, fields, unique, sparse, expireAfterSeconds, multikey, ready);
  }

  boolean sameAs(IndexSpec other) {
    return described().equals(other.described());
  }

  Document key() {
    var key = new Document();
    fields.forEach(field -> key.put(field.path().dotted(), field.ascending() ? 1 : -1));
    return key;
  }

  /** As {@code listIndexes} shows it. */
  Document described() {
    var description = new Document("v", 2).append("key", key()).append("name", name);
    if (unique) {
      description.put("unique", true);
    }
    if (sparse) {
      description.put("sparse", true);
    }
    expireAfterSeconds.ifPresent(seconds -> description.put("expireAfterSeconds", seconds));
    return description;
  }

  Document stored() {
    return described().append("id", id).append("multikey", multikey).append("ready", ready);
  }
}
