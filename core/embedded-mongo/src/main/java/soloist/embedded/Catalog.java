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
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Which collections there are, with which indexes. It is a map in the same file, from {@code
 * database.collection} to a description, so it changes in the same commit as what it describes. All
 * maps are opened at once: compaction must know how each is read.
 */
final class Catalog {
  private static final byte[] NEXT = {};

  private final StoreFile file;
  private final MVMap<byte[], byte[]> map;
  private final Map<String, StoredDatabase> databases = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, StoredCollection> collections =
      new ConcurrentSkipListMap<>();
  private final CursorRegistry unused = new CursorRegistry();
  private long next;

  Catalog(StoreFile file) {
    this.file = file;
    this.map = file.map("catalog");
    var entries = map.cursor(null);
    while (entries.hasNext()) {
      byte[] key = entries.next();
      Document entry = BsonReader.decode(entries.getValue());
      if (key.length == 0) {
        next = Part.number(entry, "next");
      } else {
        restore(new String(key, UTF_8), entry);
      }
    }
  }

  private void restore(String fullName, Document entry) {
    var indexes = new ArrayList<StoredIndex>();
    boolean unfinished = false;
    for (Object item : Part.list(entry, "indexes")) {
      IndexSpec spec = IndexSpec.restore((Document) item);
      MVMap<byte[], byte[]> entries = file.map("i" + spec.id());
      if (spec.ready()) {
        indexes.add(new StoredIndex(spec, entries));
      } else {
        // Its createIndexes was never answered.
        file.store().removeMap(entries);
        unfinished = true;
      }
    }
    StoredCollection collection = collection(fullName, Part.number(entry, "id"), indexes);
    collections.put(fullName, collection);
    if (unfinished) {
      describe(collection);
    }
  }

  private StoredCollection collection(String fullName, long id, List<StoredIndex> indexes) {
    int dot = fullName.indexOf('.');
    return new StoredCollection(
        database(fullName.substring(0, dot)),
        fullName.substring(dot + 1),
        unused,
        id,
        file.map("c" + id),
        indexes,
        this::describe);
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
        describe(found);
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
    return new StoredIndex(spec, file.map("i" + spec.id()));
  }

  synchronized long nextId() {
    long id = next++;
    map.put(NEXT, BsonWriter.encode(new Document("next", next)));
    return id;
  }

  private synchronized void describe(StoredCollection collection) {
    var indexes = collection.indexes().stream().map(index -> index.spec().stored()).toList();
    var entry = new Document("id", collection.id()).append("indexes", indexes);
    map.put(collection.getFullName().getBytes(UTF_8), BsonWriter.encode(entry));
  }

  void changed(StoredCollection collection) {
    describe(collection);
  }

  void dropIndex(StoredCollection collection, StoredIndex index) {
    collection.indexes().remove(index);
    describe(collection);
    file.store().removeMap(index.map());
  }

  void drop(StoredCollection collection) {
    collection.drop(
        () -> {
          synchronized (this) {
            collections.remove(collection.getFullName());
            map.remove(collection.getFullName().getBytes(UTF_8));
          }
          collection.indexes().forEach(index -> file.store().removeMap(index.map()));
          file.store().removeMap(collection.documents());
        });
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
