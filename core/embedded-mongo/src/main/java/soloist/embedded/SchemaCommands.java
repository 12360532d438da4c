package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Collections and indexes: made, listed and dropped. */
final class SchemaCommands {
  private static final Logger LOG = System.getLogger(SchemaCommands.class.getName());
  private static final int STEP = 500;

  private static final Document ID_INDEX =
      new Document("v", 2).append("key", new Document("_id", 1)).append("name", "_id_");

  private final Catalog catalog;
  private final GroupCommit commit;
  private final StoreFile file;
  private final Map<StoredIndex, Building> building = new ConcurrentHashMap<>();

  SchemaCommands(Catalog catalog, GroupCommit commit, StoreFile file) {
    this.catalog = catalog;
    this.commit = commit;
    this.file = file;
  }

  /** How far an index build has got. */
  private static final class Building {
    private final long total;
    private final AtomicLong done = new AtomicLong();

    Building(long total) {
      this.total = total;
    }
  }

  private static Document ok() {
    return new Document("ok", 1.0);
  }

  Document create(String database, Document body) {
    String name = Part.text(body, "create");
    return commit.write(
        () -> {
          if (catalog.find(database, name) != null) {
            throw Refusal.of(
                48, "NamespaceExists", "Collection already exists. NS: " + database + "." + name);
          }
          catalog.findOrCreate(database, name);
          return ok();
        });
  }

  Document createIndexes(String database, Document body) {
    String name = Part.text(body, "createIndexes");
    StoredCollection collection = commit.write(() -> catalog.findOrCreate(database, name));
    int before = collection.indexes().size() + 1;
    for (Object item : Part.list(body, "indexes")) {
      var description = ((Document) item).clone();
      if (!isIdIndex(description)) {
        IndexSpec.parse(0, description);
        build(collection, description);
      }
    }
    return new Document("numIndexesBefore", before)
        .append("numIndexesAfter", collection.indexes().size() + 1)
        .append("ok", 1.0);
  }

  private static boolean isIdIndex(Document description) {
    return description.get("key") instanceof Document key
        && key.size() == 1
        && key.get("_id") instanceof Number way
        && way.doubleValue() == 1;
  }

  /**
   * Builds an index while the collection goes on being written to: from the moment it is registered
   * every write keeps it, and what was there before is added step by step. Only then do queries see
   * it, and only then is it there after a crash.
   */
  private void build(StoredCollection collection, Document description) {
    try (Pin _ = file.pin()) {
      List<StoredIndex> begun = new ArrayList<>();
      List<View.Cursor> ids = new ArrayList<>();
      commit.write(() -> collection.alone(() -> begin(collection, description, begun, ids)));
      if (!begun.isEmpty()) {
        fill(collection, begun.getFirst(), ids.getFirst());
      }
    }
  }

  private void fill(StoredCollection collection, StoredIndex index, View.Cursor ids) {
    var progress = new Building(collection.documents().size());
    building.put(index, progress);
    try {
      boolean[] more = {true};
      while (more[0]) {
        commit.step(() -> more[0] = collection.alone(() -> collection.fill(index, ids, STEP)));
        report(collection, index, progress);
      }
      commit.write(
          () ->
              collection.alone(
                  () -> {
                    index.spec(index.spec().with(index.spec().multikey(), true));
                    catalog.changed(collection);
                    return true;
                  }));
    } catch (MongoServerError e) {
      commit.write(
          () ->
              collection.alone(
                  () -> {
                    catalog.dropIndex(collection, index);
                    return true;
                  }));
      throw e;
    } finally {
      building.remove(index);
    }
  }

  private boolean begin(
      StoredCollection collection,
      Document description,
      List<StoredIndex> begun,
      List<View.Cursor> ids) {
    IndexSpec wanted = IndexSpec.parse(catalog.nextId(), description);
    for (StoredIndex existing : collection.indexes()) {
      if (existing.spec().sameAs(wanted)) {
        return false;
      }
      if (existing.spec().name().equals(wanted.name())) {
        throw Refusal.of(
            86,
            "IndexKeySpecsConflict",
            "An existing index has the same name as the requested index: " + wanted.name());
      }
      if (existing.spec().key().equals(wanted.key())) {
        throw Refusal.of(
            85,
            "IndexOptionsConflict",
            "Index already exists with a different name: " + existing.spec().name());
      }
    }
    StoredIndex index = catalog.createIndexMap(wanted.with(false, false));
    ids.add(collection.documents().view().cursor(null, false));
    collection.indexes().add(index);
    catalog.changed(collection);
    begun.add(index);
    return true;
  }

  private static void report(StoredCollection collection, StoredIndex index, Building progress) {
    long done = Math.min(progress.total, progress.done.addAndGet(STEP));
    long before = (done - STEP) * 10 / Math.max(1, progress.total);
    long now = done * 10 / Math.max(1, progress.total);
    if (now > before && now < 10) {
      LOG.log(
          Level.INFO,
          "index {0} on {1}: {2} of {3} documents",
          index.spec().name(),
          collection.getFullName(),
          done,
          progress.total);
    }
  }

  Document dropIndexes(String database, Document body) {
    StoredCollection collection = required(database, Part.text(body, "dropIndexes"));
    int before = collection.indexes().size() + 1;
    Object wanted = body.get("index");
    return commit.write(
        () ->
            collection.alone(
                () -> {
                  List<StoredIndex> dropped =
                      collection.indexes().stream().filter(i -> isMeant(i, wanted)).toList();
                  if (dropped.isEmpty() && !"*".equals(wanted)) {
                    throw Refusal.of(
                        27, "IndexNotFound", "index not found with name [" + wanted + "]");
                  }
                  dropped.forEach(index -> catalog.dropIndex(collection, index));
                  return new Document("nIndexesWas", before).append("ok", 1.0);
                }));
  }

  private static boolean isMeant(StoredIndex index, @Nullable Object wanted) {
    return switch (wanted) {
      case String name -> name.equals("*") || name.equals(index.spec().name());
      case Document key -> key.equals(index.spec().key());
      case null, default -> false;
    };
  }

  Document drop(String database, Document body) {
    String name = Part.text(body, "drop");
    return commit.write(
        () -> {
          StoredCollection collection = catalog.find(database, name);
          if (collection == null) {
            return ok();
          }
          int indexes = collection.indexes().size() + 1;
          catalog.drop(collection);
          return new Document("nIndexesWas", indexes)
              .append("ns", collection.getFullName())
              .append("ok", 1.0);
        });
  }

  Document dropDatabase(String database) {
    return commit.write(
        () -> {
          catalog.of(database).forEach(catalog::drop);
          return new Document("dropped", database).append("ok", 1.0);
        });
  }

  Document listDatabases() {
    var databases = new ArrayList<Document>();
    for (String name : catalog.databaseNames()) {
      databases.add(new Document("name", name).append("sizeOnDisk", 0L).append("empty", false));
    }
    return new Document("databases", databases)
        .append("totalSize", file.sizeOnDisk())
        .append("ok", 1.0);
  }

  Document listCollections(String database, Document body) {
    Filter filter = Filter.of(Part.optional(body, "filter"));
    var found = new ArrayList<Document>();
    for (StoredCollection collection : catalog.of(database)) {
      var shown =
          new Document("name", collection.getCollectionName())
              .append("type", "collection")
              .append("options", new Document())
              .append("info", new Document("readOnly", false))
              .append("idIndex", ID_INDEX);
      if (filter.matches(RawBson.of(shown))) {
        found.add(shown);
      }
    }
    return Cursors.reply("firstBatch", found, 0, database + ".$cmd.listCollections");
  }

  Document listIndexes(String database, Document body) {
    StoredCollection collection = required(database, Part.text(body, "listIndexes"));
    var shown = new ArrayList<Document>();
    shown.add(ID_INDEX);
    collection.indexes().stream()
        .filter(index -> index.spec().ready())
        .forEach(index -> shown.add(index.spec().described()));
    return Cursors.reply("firstBatch", shown, 0, collection.getFullName());
  }

  /** Sizes are of the whole file, which all collections share. */
  Document collStats(String database, Document body) {
    String name = Part.text(body, body.keySet().iterator().next());
    StoredCollection collection = catalog.find(database, name);
    var builds = new ArrayList<Document>();
    if (collection != null) {
      for (StoredIndex index : collection.indexes()) {
        Building progress = building.get(index);
        if (progress != null) {
          builds.add(
              new Document("name", index.spec().name())
                  .append("done", progress.done.get())
                  .append("total", progress.total));
        }
      }
    }
    return new Document("ns", database + "." + name)
        .append("count", collection == null ? 0L : collection.documents().size())
        .append("nindexes", collection == null ? 0 : collection.indexes().size() + 1)
        .append("indexBuilds", builds)
        .append("storageSize", file.sizeOnDisk())
        .append("ok", 1.0);
  }

  private StoredCollection required(String database, String name) {
    StoredCollection collection = catalog.find(database, name);
    if (collection == null) {
      throw Refusal.of(26, "NamespaceNotFound", "ns does not exist: " + database + "." + name);
    }
    return collection;
  }
}
