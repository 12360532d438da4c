package soloist.embedded;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection and the entries of its indexes, which are changed together and
 * checked first. Writes take turns; reads take no lock.
 */
final class StoredMaps {
  private final String fullName;
  private final long id;
  private final String name;
  private final MVMap<byte[], byte[]> documents;
  private final List<StoredIndex> indexes;
  private final Changes changes;
  private final Consumer<StoredMaps> describe;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private List<Change> changed = new ArrayList<>();
  private boolean dropped;

  /**
   * @param changes is told what each command changed
   * @param describe notes in the catalog that the indexes have changed
   */
  StoredMaps(
      String fullName,
      long id,
      MVMap<byte[], byte[]> documents,
      List<StoredIndex> indexes,
      Changes changes,
      Consumer<StoredMaps> describe) {
    this.fullName = fullName;
    this.id = id;
    this.name = name(id);
    this.documents = documents;
    this.indexes = new CopyOnWriteArrayList<>(indexes);
    this.changes = changes;
    this.describe = describe;
  }

  /** What the map of documents is called. */
  static String name(long id) {
    return "c" + id;
  }

  String fullName() {
    return fullName;
  }

  long id() {
    return id;
  }

  MVMap<byte[], byte[]> documents() {
    return documents;
  }

  List<StoredIndex> indexes() {
    return indexes;
  }

  /** Runs a command alone; if it fails in a way no client caused, all it changed is undone. */
  <T> T alone(Supplier<T> command) {
    lock.lock();
    try {
      if (dropped) {
        throw Refusal.of(175, "QueryPlanKilled", "collection dropped: " + fullName);
      }
      return command.get();
    } catch (MongoServerError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      while (!undo.isEmpty()) {
        undo.pop().run();
      }
      changed.clear();
      throw e;
    } finally {
      // Before the next command can change the same, so that the log has both in this order.
      changes.add(changed);
      changed = new ArrayList<>();
      undo.clear();
      lock.unlock();
    }
  }

  /** From here on every write is refused: the collection is no more. */
  void drop(Runnable removal) {
    alone(
        () -> {
          removal.run();
          dropped = true;
          return true;
        });
  }

  /** Stores a new document given as its bytes, adding an {@code _id} where there is none. */
  void insert(RawBson raw) {
    Object given = raw.id();
    RawBson document = raw;
    if (given instanceof Missing) {
      given = new ObjectId();
      var writer = new BsonWriter(raw.bytes().length + 20);
      writer.writeInt(0);
      writer.field("_id", given);
      writer.writeBytes(raw.bytes(), 4, raw.bytes().length - 4);
      writer.setInt(0, writer.size());
      document = new RawBson(writer.toBytes());
    }
    checkId(given);
    byte[] key = KeyBytes.of(given);
    if (documents.containsKey(key)) {
      throw new DuplicateKeyError(
          fullName,
          "_id_ dup key: { _id: " + de.bwaldvogel.mongo.bson.Json.toCompactJsonValue(given) + " }");
    }
    store(key, null, document);
  }

  private static void checkId(@Nullable Object given) {
    if (given instanceof Collection || given instanceof BsonRegularExpression) {
      throw Refusal.of(
          53,
          "InvalidIdField",
          "The '_id' value cannot be of type " + (given instanceof Collection ? "array" : "regex"));
    }
  }

  void store(byte[] key, @Nullable RawBson old, RawBson document) {
    if (document.bytes().length > BsonConstants.MAX_BSON_OBJECT_SIZE) {
      throw Refusal.of(10334, "BSONObjectTooLarge", "a document may have at most 16 MB");
    }
    var moves = new ArrayList<Move>(indexes.size());
    for (StoredIndex index : indexes) {
      if (old == null || !index.isSame(old, document)) {
        var move = new Move(index, index.entries(old, key), index.entries(document, key));
        index.check(move.added(), key, document, fullName);
        moves.add(move);
      }
    }
    change(name, documents, key, document.bytes());
    moves.forEach(this::make);
  }

  /** What a change of a document does to an index. */
  private record Move(StoredIndex index, StoredIndex.Entries before, StoredIndex.Entries after) {
    List<byte[]> added() {
      return after.without(before);
    }

    List<byte[]> removed() {
      return before.without(after);
    }
  }

  private void make(Move move) {
    StoredIndex index = move.index();
    move.removed().forEach(entry -> change(index.name(), index.map(), entry, null));
    move.added().forEach(entry -> change(index.name(), index.map(), entry, StoredIndex.nothing()));
    if (move.after().arrays() && !index.spec().multikey()) {
      index.spec(index.spec().with(true, index.spec().ready()));
      describe.accept(this);
    }
  }

  private void change(String in, MVMap<byte[], byte[]> map, byte[] key, byte @Nullable [] value) {
    byte[] old = value == null ? map.remove(key) : map.put(key, value);
    changed.add(new Change.Entry(in, key, value));
    undo.push(
        () -> {
          if (old == null) {
            map.remove(key);
          } else {
            map.put(key, old);
          }
        });
  }

  void remove(byte[] key) {
    byte[] old = documents.get(key);
    if (old == null) {
      return;
    }
    var gone = new RawBson(old);
    for (StoredIndex index : indexes) {
      make(new Move(index, index.entries(gone, key), StoredIndex.Entries.NONE));
    }
    change(name, documents, key, null);
  }

  /** Adds the entries of documents that were there before the index. */
  void fill(StoredIndex index, Iterator<byte[]> ids, int most) {
    for (int i = 0; i < most && ids.hasNext(); i++) {
      byte[] key = ids.next();
      byte[] value = documents.get(key);
      if (value != null) {
        var document = new RawBson(value);
        var move = new Move(index, StoredIndex.Entries.NONE, index.entries(document, key));
        index.check(move.added(), key, document, fullName);
        make(move);
      }
    }
  }
}
