package soloist.embedded;

import de.bwaldvogel.mongo.bson.Json;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection and the entries of its indexes, which are changed together and
 * checked first. Writes take turns; reads take no lock.
 */
final class StoredMaps {
  private final String fullName;
  private final long id;
  private final LayeredMap documents;
  private final List<StoredIndex> indexes;
  private final Changes changes;
  private final Consumer<StoredMaps> describe;
  private final ReentrantLock lock = new ReentrantLock();
  private Turn turn;
  private boolean dropped;

  /**
   * @param changes is told what each command changed
   * @param describe notes in the catalog that the indexes have changed
   */
  StoredMaps(
      String fullName,
      long id,
      LayeredMap documents,
      List<StoredIndex> indexes,
      Changes changes,
      Consumer<StoredMaps> describe) {
    this.fullName = fullName;
    this.id = id;
    this.documents = documents;
    this.indexes = new CopyOnWriteArrayList<>(indexes);
    this.changes = changes;
    this.describe = describe;
    this.turn = new Turn(documents);
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

  /** The documents; to the command whose turn it is, with all it has changed. */
  LayeredMap documents() {
    if (lock.isHeldByCurrentThread()) {
      boolean unused = turn.settle();
    }
    return documents;
  }

  /** A document by the key of its {@code _id}, to that command as it has left it. */
  byte @Nullable [] document(byte[] key) {
    return lock.isHeldByCurrentThread() ? turn.document(key) : documents.get(key);
  }

  /** Reads documents that the command whose turn it is will soon ask for. */
  void expect(List<byte[]> keys) {
    turn.expect(keys);
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
      return settled(command);
    } catch (MongoServerError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      turn.undo();
      throw e;
    } finally {
      // Before the next command can change the same, so that the log has both in this order.
      changes.add(turn.changed());
      turn = new Turn(documents);
      lock.unlock();
    }
  }

  /** What a command changed before it was refused stays, as with MongoDB. */
  private <T> T settled(Supplier<T> command) {
    try {
      T answer = command.get();
      boolean unused = turn.settle();
      return answer;
    } catch (MongoServerError e) {
      boolean unused = turn.settle();
      throw e;
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
    RawBson document = raw.hasId() ? raw : raw.withNewId();
    byte[] key = document.idKey();
    if (key[0] == KeyBytes.ARRAY || key[0] == KeyBytes.PATTERN) {
      throw Refusal.of(
          53,
          "InvalidIdField",
          "The '_id' value cannot be of type " + (key[0] == KeyBytes.ARRAY ? "array" : "regex"));
    }
    if (turn.document(key) != null) {
      throw new DuplicateKeyError(
          fullName, "_id_ dup key: { _id: " + Json.toCompactJsonValue(document.id()) + " }");
    }
    store(key, null, document);
  }

  void store(byte[] key, @Nullable RawBson old, RawBson document) {
    if (document.bytes().length > BsonConstants.MAX_BSON_OBJECT_SIZE) {
      throw Refusal.of(10334, "BSONObjectTooLarge", "a document may have at most 16 MB");
    }
    var moves = new ArrayList<Move>(indexes.size());
    for (StoredIndex index : indexes) {
      if (old == null || !index.isSame(old, document)) {
        moves.add(checked(index, old, document, key));
      }
    }
    turn.change(key, document.bytes(), old == null);
    moves.forEach(move -> make(move, key));
  }

  /** What a change of a document does to an index. */
  private record Move(
      StoredIndex index, List<byte[]> removed, List<byte[]> added, boolean arrays) {}

  private Move checked(StoredIndex index, @Nullable RawBson old, RawBson document, byte[] key) {
    StoredIndex.Entries before = index.entries(old, key);
    StoredIndex.Entries after = index.entries(document, key);
    List<byte[]> added = after.without(before);
    if (index.spec().unique()) {
      added.forEach(entry -> check(index, entry, key, document));
    }
    return new Move(index, before.without(after), added, after.arrays());
  }

  /** Refuses values that another document already has in a unique index. */
  private void check(StoredIndex index, byte[] entry, byte[] key, RawBson document) {
    byte[] values = StoredIndex.valuesOf(entry, key);
    if (turn.isClaimed(index.name(), values) || isTaken(index, values, key)) {
      // Perhaps no more when what waits is made.
      boolean changed = turn.settle();
      if (!changed || isTaken(index, values, key)) {
        throw index.taken(document, fullName);
      }
    }
  }

  private boolean isTaken(StoredIndex index, byte[] values, byte[] key) {
    return StoredIndex.isTaken(values, key, turn.view(index.map()));
  }

  private void make(Move move, byte[] key) {
    StoredIndex index = move.index();
    if (move.arrays() && !index.spec().multikey()) {
      index.spec(index.spec().with(true, index.spec().ready()));
      describe.accept(this);
    }
    // While an index is built it may not have what goes, or have what comes.
    View built = index.spec().ready() ? null : turn.view(index.map());
    for (byte[] entry : move.removed()) {
      if (built == null || built.get(entry) != null) {
        turn.change(index.map(), entry, null, false);
      }
    }
    for (byte[] entry : move.added()) {
      if (built == null || built.get(entry) == null) {
        turn.change(index.map(), entry, StoredIndex.nothing(), true);
      }
      if (index.spec().unique()) {
        turn.claim(index.name(), StoredIndex.valuesOf(entry, key));
      }
    }
  }

  void remove(byte[] key) {
    byte[] old = turn.document(key);
    if (old == null) {
      return;
    }
    turn.change(key, null, false);
    var gone = new RawBson(old);
    for (StoredIndex index : indexes) {
      make(new Move(index, index.entries(gone, key).keys(), List.of(), false), key);
    }
  }

  /**
   * Adds the entries of documents that were there before the index.
   *
   * @return false when none is left
   */
  boolean fill(StoredIndex index, View.Cursor ids, int most) {
    for (int i = 0; i < most; i++) {
      if (!ids.next()) {
        return false;
      }
      byte[] key = ids.key();
      byte[] value = turn.document(key);
      if (value != null) {
        make(checked(index, null, new RawBson(value), key), key);
      }
    }
    return true;
  }
}
