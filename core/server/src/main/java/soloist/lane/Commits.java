package soloist.lane;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.bson.RawBsonDocument;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Writes a judged batch in one order: 0 redo record, 1 outbox and decisions, 2 profiles and how
 * many crossed into segments and out, 3 what follows for others (identifiers, then rows), 4 cursor.
 * Single-document atomicity is enough, because after a crash the redo record is written again as it
 * stands and every write of it is harmless the second time.
 */
final class Commits {
  private static final System.Logger LOG = System.getLogger(Commits.class.getName());
  private static final int DUPLICATE_KEY = 11000;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final Store store;
  private final Journal journal;
  private final CommitPoint.Observer observer;
  private final RedoUse use;

  Commits(Store store, Journal journal, CommitPoint.Observer observer, RedoUse use) {
    this.store = store;
    this.journal = journal;
    this.observer = observer;
    this.use = use;
  }

  Cursor load(int partition) {
    Document found = store.cursors().find(eq("_id", partition)).first();
    return found == null ? Cursor.start(partition) : Cursor.of(found);
  }

  /** Finishes what a crash interrupted, as it was judged then. Returns the cursor to go on from. */
  Cursor recover(int partition) {
    Cursor cursor = load(partition);
    RawBsonDocument found = raw(store.redo()).find(eq("_id", partition)).first();
    if (found == null || use != RedoUse.WRITTEN_AND_REDONE) {
      return cursor;
    }
    Redo redo = new Redo(found);
    if (redo.batch() != cursor.batch() + 1) {
      return cursor;
    }
    try {
      return apply(redo);
    } catch (StaleProfiles e) {
      LOG.log(System.Logger.Level.WARNING, "partition " + partition + " is judged again", e);
      return cursor;
    }
  }

  /** The stored profiles of everybody who has a row in the batch or is due. */
  Map<String, Document> profiles(Batch batch) {
    Map<String, Document> profiles = new HashMap<>();
    Set<String> ids = batch.profileIds();
    store
        .profiles()
        .find(Values.ids(ids))
        .batchSize(ids.size())
        .forEach(profile -> profiles.put(profile.getString("_id"), profile));
    return profiles;
  }

  /**
   * Commits what a batch has come to.
   *
   * @return where the partition stands then
   * @throws StaleProfiles when a profile was written by somebody else since; nothing of the batch
   *     is left for that person then, and the cursor has not moved
   */
  Cursor commit(Redo redo) {
    int partition = redo.partition();
    observer.passed(CommitPoint.JUDGED, partition);
    if (use != RedoUse.NOT_WRITTEN) {
      raw(store.redo()).replaceOne(eq("_id", partition), redo.record(), UPSERT);
    }
    observer.passed(CommitPoint.REDO_WRITTEN, partition);
    return apply(redo);
  }

  private Cursor apply(Redo redo) {
    Cursor next = redo.cursor();
    int partition = next.partition();
    insertWhereAbsent(store.outbox(), redo.outbox());
    observer.passed(CommitPoint.OUTBOX_WRITTEN, partition);
    insertWhereAbsent(store.decisions(), redo.decisions());
    insertWhereAbsent(store.dead(), redo.dead());
    observer.passed(CommitPoint.DECISIONS_WRITTEN, partition);
    List<String> stale = writeProfiles(redo.profiles());
    if (!stale.isEmpty()) {
      drop(redo, stale);
      throw new StaleProfiles(stale);
    }
    observer.passed(CommitPoint.PROFILES_WRITTEN, partition);
    List<Crossing> crossings = redo.crossings();
    if (!crossings.isEmpty()) {
      Crossings.count(store, partition, redo.by(), crossings);
      observer.passed(CommitPoint.CROSSINGS_COUNTED, partition);
    }
    // A profile is frozen before its identifiers lead elsewhere, and they do before the other takes
    // it in: at each point a row of theirs finds its way.
    List<Handover> handovers = redo.handovers();
    if (!handovers.isEmpty()) {
      handovers.forEach(each -> each.carryOut(store));
      observer.passed(CommitPoint.IDENTIFIERS_LED, partition);
    }
    List<Row> rows = redo.rows();
    if (!rows.isEmpty()) {
      List<CompletableFuture<Boolean>> journalled = rows.stream().map(journal::append).toList();
      journalled.forEach(CompletableFuture::join);
      observer.passed(CommitPoint.ROWS_JOURNALLED, partition);
    }
    store.cursors().replaceOne(eq("_id", partition), next.toDocument(), UPSERT);
    observer.passed(CommitPoint.CURSOR_WRITTEN, partition);
    return next;
  }

  /** The same collection by the bytes of its documents. */
  private static MongoCollection<RawBsonDocument> raw(MongoCollection<Document> collection) {
    return collection.withDocumentClass(RawBsonDocument.class);
  }

  private static void insertWhereAbsent(
      MongoCollection<Document> collection, List<RawBsonDocument> documents) {
    if (documents.isEmpty()) {
      return;
    }
    exceptDoubles(
        () -> raw(collection).insertMany(documents, new InsertManyOptions().ordered(false)));
  }

  /** What is there already is not made again, and that is no failure. */
  static void exceptDoubles(Runnable writing) {
    try {
      writing.run();
    } catch (MongoBulkWriteException e) {
      requireDuplicatesOnly(e);
    }
  }

  /** Writes what can be written and returns the ids of profiles that are somebody else's now. */
  private List<String> writeProfiles(List<RawBsonDocument> profiles) {
    if (profiles.isEmpty()) {
      return List.of();
    }
    List<WriteModel<RawBsonDocument>> writes = new ArrayList<>();
    for (RawBsonDocument profile : profiles) {
      long rev = profile.getInt64("rev").getValue();
      writes.add(
          rev == 1
              ? new InsertOneModel<>(profile)
              : new ReplaceOneModel<>(and(eq("_id", id(profile)), eq("rev", rev - 1)), profile));
    }
    int written;
    try {
      var result = raw(store.profiles()).bulkWrite(writes, new BulkWriteOptions().ordered(false));
      written = result.getInsertedCount() + result.getMatchedCount();
    } catch (MongoBulkWriteException e) {
      requireDuplicatesOnly(e);
      written = -1;
    }
    return written == profiles.size() ? List.of() : stale(profiles);
  }

  /**
   * After a crash some profiles may already be what the redo record says; anything else is another
   * writer, even under the revision that was to be written.
   */
  private List<String> stale(List<RawBsonDocument> profiles) {
    Map<String, RawBsonDocument> stored = new HashMap<>();
    raw(store.profiles())
        .find(in("_id", profiles.stream().map(Commits::id).toList()))
        .forEach(profile -> stored.put(id(profile), profile));
    return profiles.stream()
        .filter(profile -> !profile.equals(stored.get(id(profile))))
        .map(Commits::id)
        .toList();
  }

  private static String id(RawBsonDocument document) {
    return document.getString("_id").getValue();
  }

  /**
   * Takes back what a batch meant for people who must be judged again. Nothing of it has left:
   * delivery waits for the profile. Everybody else keeps theirs, and their profiles know the rows;
   * so what segments they crossed into is counted now or never. The redo record goes last, so that
   * a crash in between comes back here.
   */
  private void drop(Redo redo, List<String> stale) {
    takeBack(store.outbox(), redo.outbox(), stale);
    takeBack(store.decisions(), redo.decisions(), stale);
    Crossings.count(
        store,
        redo.partition(),
        redo.by(),
        redo.crossings().stream().filter(each -> !stale.contains(each.profileId())).toList());
    store.redo().deleteOne(eq("_id", redo.partition()));
  }

  private static void takeBack(
      MongoCollection<Document> collection, List<RawBsonDocument> documents, List<String> stale) {
    List<String> ids =
        documents.stream()
            .filter(document -> stale.contains(document.getString("profileId").getValue()))
            .map(Commits::id)
            .toList();
    if (!ids.isEmpty()) {
      collection.deleteMany(in("_id", ids));
    }
  }

  private static void requireDuplicatesOnly(MongoBulkWriteException e) {
    for (BulkWriteError error : e.getWriteErrors()) {
      if (error.getCode() != DUPLICATE_KEY) {
        throw e;
      }
    }
    if (e.getWriteConcernError() != null) {
      throw e;
    }
  }
}
