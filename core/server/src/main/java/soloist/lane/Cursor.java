package soloist.lane;

import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import soloist.store.Values;

/**
 * How far a partition is judged, and by which versions of the definitions from here on.
 *
 * @param batch counts commits; a redo record belongs to the commit after the cursor's
 * @param live the last live position judged
 * @param bulk the last bulk position judged
 * @param versions version by kind:id, such as {@code campaign:thanks}
 */
public record Cursor(
    int partition, long batch, long live, long bulk, Map<String, Integer> versions) {

  public Cursor {
    versions = Map.copyOf(versions);
  }

  static Cursor start(int partition) {
    return new Cursor(partition, 0, 0, 0, Map.of());
  }

  public long position(Row.Source source) {
    return source == Row.Source.LIVE ? live : bulk;
  }

  /** The cursor after a batch that ended with these positions. */
  Cursor next(long newLive, long newBulk, Map<String, Integer> newVersions) {
    return new Cursor(partition, batch + 1, newLive, newBulk, newVersions);
  }

  Document toDocument() {
    return new Document("_id", partition)
        .append("batch", batch)
        .append("live", live)
        .append("bulk", bulk)
        .append("versions", new Document(new TreeMap<>(versions)));
  }

  static Cursor of(Document document) {
    Map<String, Integer> versions = new TreeMap<>();
    Values.document(document, "versions")
        .forEach((key, version) -> versions.put(key, (Integer) version));
    return new Cursor(
        document.getInteger("_id"),
        document.getLong("batch"),
        document.getLong("live"),
        document.getLong("bulk"),
        versions);
  }
}
