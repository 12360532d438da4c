package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which collections there are, with which indexes. It is a map in the same file, from {@code
 * database.collection} to a description, so it changes in the same commit as what it describes. All
 * maps are opened at once: compaction must know how each is read.
 */
final class Catalog {
  private static final String MAP = "catalog";
  private static final byte[] NEXT = {};

  private final StoreFile file;
  private final LayeredMap map;
  private final Map<String, StoredDatabase> databases = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, StoredCollection> collections =
      new ConcurrentSkipListMap<>();
  private final CursorRegistry unused = new CursorRegistry();
  private long next;

  Catalog(StoreFile file) {
    this.file = file;
    this.map = file.map(MAP);
    View.Cursor entries = map.view().cursor(null, false);
    while (entries.next()) {
      byte[] key = entries.key();
      Document entry = BsonReader.decode(entries.value());
      if (key.length == 0) {
        next = Part.number(entry, "next");
      } else {
        restore(new String(key, UTF_8), entry);
      }
    }
  }

  private void restore(String fullName, Document entry) {
    var indexes = new ArrayList<StoredIndex>();
    var unfinished = new ArrayList<StoredIndex>();
    for (Object item : Part.list(entry, "indexes")) {
      IndexSpec spec = IndexSpec.restore((Document) item);
      var index = new StoredIndex(spec, file.map(StoredIndex.name(spec)));
      if (spec.ready()) {
        indexes.add(index);
      } else {
        // Its createIndexes was never answered.
        unfinished.add(index);
      }
    }
    StoredCollection collection = collection(fullName, Part.number(entry, "id"), indexes);
    collections.put(fullName, collection);
    unfinished.forEach(index -> dropIndex(collection, index));
  }

  private StoredCollection collection(String fullName, long id, List<StoredIndex> indexes) {
    int dot = fullName.indexOf('.');
    LayeredMap documents = file.map(StoredMaps.name(id));
    var maps = new StoredMaps(fullName, id, documents, indexes, file.changes(), this::describe);
    return new StoredCollection(
        database(fullName.substring(0, dot)), fullName.substring(dot + 1), unused, maps);
  }

  StoredDatabase database(String name) {
    return databases.computeIfAbsent(name, n -> new StoredDatabase(n, this));
  }

  @Nullable StoredCollection find(String database, String name) {
    return collections.get(database + "." + name);
  }

  /** To be called by a write command only, since it may change the catalog. */
  StoredCollection findOrCreate(String database, String name) {
    StoredCollection found = find(database, name);
    if (found != null) {
      return found;
    }
    checkName(database, name);
    synchronized (this) {
      found = find(database, name);
      if (found == null) {
        found = collection(database + "." + name, nextId(), List.of());
        describe(found.maps());
        collections.put(database + "." + name, found);
      }
      return found;
    }
  }

  private static void checkName(String database, String name) {
    boolean plain = !database.isEmpty() && !name.isEmpty() && !name.startsWith("system.");
    boolean letters = !name.contains("$") && name.indexOf('\0') < 0 && !database.contains(".");
    if (!plain || !letters || (database + name).getBytes(UTF_8).length > 254) {
      throw Refusal.of(73, "InvalidNamespace", "Invalid namespace: " + database + "." + name);
    }
  }

  StoredIndex createIndexMap(IndexSpec spec) {
    return new StoredIndex(spec, file.map(StoredIndex.name(spec)));
  }

  synchronized long nextId() {
    long id = next++;
    file.changes().add(List.of(put(NEXT, new Document("next", next))));
    return id;
  }

  private Change put(byte[] key, Document entry) {
    return map.put(key, BsonWriter.encode(entry));
  }

  private synchronized void describe(StoredMaps collection) {
    file.changes().add(List.of(described(collection)));
  }

  private Change described(StoredMaps collection) {
    var indexes = collection.indexes().stream().map(index -> index.spec().stored()).toList();
    var entry = new Document("id", collection.id()).append("indexes", indexes);
    return put(collection.fullName().getBytes(UTF_8), entry);
  }

  void changed(StoredCollection collection) {
    describe(collection.maps());
  }

  synchronized void dropIndex(StoredCollection collection, StoredIndex index) {
    collection.indexes().remove(index);
    file.drop(index.map());
    file.changes().add(List.of(described(collection.maps()), new Change.Drop(index.name())));
  }

  void drop(StoredCollection collection) {
    collection.drop(() -> remove(collection));
  }

  /** What goes is told of before the name can be taken again. */
  private synchronized void remove(StoredCollection collection) {
    collections.remove(collection.getFullName());
    byte[] key = collection.getFullName().getBytes(UTF_8);
    var gone = new ArrayList<Change>();
    gone.add(map.put(key, null));
    for (StoredIndex index : collection.indexes()) {
      file.drop(index.map());
      gone.add(new Change.Drop(index.name()));
    }
    file.drop(collection.documents());
    gone.add(new Change.Drop(StoredMaps.name(collection.id())));
    file.changes().add(gone);
  }

  List<StoredCollection> all() {
    return List.copyOf(collections.values());
  }

  List<StoredCollection> of(String database) {
    return collections.values().stream()
        .filter(collection -> collection.getDatabaseName().equals(database))
        .toList();
  }

  List<String> databaseNames() {
    return collections.values().stream()
        .map(StoredCollection::getDatabaseName)
        .distinct()
        .sorted()
        .collect(Collectors.toList());
  }
}
