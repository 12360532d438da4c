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
import soloist.store.Store;
import soloist.store.Values;

/**
 * Writes a judged batch in one order: 0 redo record, 1 outbox and decisions, 2 profiles, 3 what
 * follows for others (identifiers, then rows), 4 cursor. Single-document atomicity is enough,
 * because after a crash the redo record is written again as it stands and every write of it is
 * harmless the second time.
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
    Document redo = store.redo().find(eq("_id", partition)).first();
    boolean isUnfinished = redo != null && redo.getLong("batch") == cursor.batch() + 1;
    if (!isUnfinished || use != RedoUse.WRITTEN_AND_REDONE) {
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
        .find(in("_id", ids))
        .batchSize(ids.size())
        .forEach(profile -> profiles.put(profile.getString("_id"), profile));
    return profiles;
  }

  /**
   * Commits a batch: what was judged, rows that could not be, and where the cursor then stands.
   *
   * @throws StaleProfiles when a profile was written by somebody else since; nothing of the batch
   *     is left for that person then, and the cursor has not moved
   */
  Cursor commit(Cursor next, Judged judged, List<Document> dead) {
    int partition = next.partition();
    observer.passed(CommitPoint.JUDGED, partition);
    Document redo =
        new Document("_id", partition)
            .append("batch", next.batch())
            .append("cursor", next.toDocument())
            .append("outbox", judged.outbox())
            .append("decisions", judged.decisions())
            .append("profiles", judged.profiles())
            .append("dead", dead)
            .append("handovers", judged.handovers().stream().map(Handover::toDocument).toList())
            .append("rows", judged.rows().stream().map(Row::toDocument).toList());
    if (use != RedoUse.NOT_WRITTEN) {
      store.redo().replaceOne(eq("_id", partition), redo, UPSERT);
    }
    observer.passed(CommitPoint.REDO_WRITTEN, partition);
    return apply(redo);
  }

  private Cursor apply(Document redo) {
    Cursor next = Cursor.of(Values.document(redo, "cursor"));
    int partition = next.partition();
    insertWhereAbsent(store.outbox(), Values.documents(redo, "outbox"));
    observer.passed(CommitPoint.OUTBOX_WRITTEN, partition);
    insertWhereAbsent(store.decisions(), Values.documents(redo, "decisions"));
    insertWhereAbsent(store.dead(), Values.documents(redo, "dead"));
    observer.passed(CommitPoint.DECISIONS_WRITTEN, partition);
    List<String> stale = writeProfiles(Values.documents(redo, "profiles"));
    if (!stale.isEmpty()) {
      drop(redo, stale);
      throw new StaleProfiles(stale);
    }
    observer.passed(CommitPoint.PROFILES_WRITTEN, partition);
    // A profile is frozen before its identifiers lead elsewhere, and they do before the other takes
    // it in: at each point a row of theirs finds its way.
    List<Document> handovers = Values.documents(redo, "handovers");
    if (!handovers.isEmpty()) {
      handovers.forEach(each -> Handover.of(each).carryOut(store));
      observer.passed(CommitPoint.IDENTIFIERS_LED, partition);
    }
    List<Document> rows = Values.documents(redo, "rows");
    if (!rows.isEmpty()) {
      journalWhereAbsent(rows);
      observer.passed(CommitPoint.ROWS_JOURNALLED, partition);
    }
    store.cursors().replaceOne(eq("_id", partition), next.toDocument(), UPSERT);
    observer.passed(CommitPoint.CURSOR_WRITTEN, partition);
    return next;
  }

  private void journalWhereAbsent(List<Document> drafts) {
    List<CompletableFuture<Boolean>> rows =
        drafts.stream().map(Row::of).map(journal::append).toList();
    rows.forEach(CompletableFuture::join);
  }

  private static void insertWhereAbsent(
      MongoCollection<Document> collection, List<Document> documents) {
    if (documents.isEmpty()) {
      return;
    }
    try {
      collection.insertMany(documents, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      requireDuplicatesOnly(e);
    }
  }

  /** Writes what can be written and returns the ids of profiles that are somebody else's now. */
  private List<String> writeProfiles(List<Document> profiles) {
    if (profiles.isEmpty()) {
      return List.of();
    }
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (Document profile : profiles) {
      long rev = profile.getLong("rev");
      writes.add(
          rev == 1
              ? new InsertOneModel<>(profile)
              : new ReplaceOneModel<>(
                  and(eq("_id", profile.get("_id")), eq("rev", rev - 1)), profile));
    }
    int written;
    try {
      var result = store.profiles().bulkWrite(writes, new BulkWriteOptions().ordered(false));
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
  private List<String> stale(List<Document> profiles) {
    Map<Object, Document> stored = new HashMap<>();
    store
        .profiles()
        .find(in("_id", profiles.stream().map(profile -> profile.get("_id")).toList()))
        .forEach(profile -> stored.put(profile.get("_id"), profile));
    List<String> stale = new ArrayList<>();
    for (Document profile : profiles) {
      Document found = stored.get(profile.get("_id"));
      if (found == null || !found.toBsonDocument().equals(profile.toBsonDocument())) {
        stale.add(profile.getString("_id"));
      }
    }
    return stale;
  }

  /**
   * Takes back what a batch meant for people who must be judged again. Nothing of it has left:
   * delivery waits for the profile. Everybody else keeps theirs, and their profiles know the rows.
   * The redo record goes last, so that a crash in between comes back here.
   */
  private void drop(Document redo, List<String> stale) {
    takeBack(store.outbox(), Values.documents(redo, "outbox"), stale);
    takeBack(store.decisions(), Values.documents(redo, "decisions"), stale);
    store.redo().deleteOne(eq("_id", redo.get("_id")));
  }

  private static void takeBack(
      MongoCollection<Document> collection, List<Document> documents, List<String> stale) {
    List<Object> ids =
        documents.stream()
            .filter(document -> stale.contains(document.getString("profileId")))
            .map(document -> document.get("_id"))
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
