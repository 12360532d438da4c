package soloist.lane;

import com.mongodb.MongoException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/**
 * Judges and commits a batch. A batch that is too large for one redo record, or that cannot be
 * judged, is halved; a single row that cannot be judged after three tries is kept as dead and the
 * cursor passes it.
 */
final class Batches {
  private static final System.Logger LOG = System.getLogger(Batches.class.getName());
  private static final int TRIES = 3;
  private static final int MOST_BYTES = 8 << 20;

  /** One commit that was made. */
  record Done(Cursor cursor, @Nullable Instant nextDue) {}

  private final Work work;
  private final Commits commits;
  private final Histories histories;
  private final Lane.Listener listener;

  Batches(Work work, Commits commits, Histories histories, Lane.Listener listener) {
    this.work = work;
    this.commits = commits;
    this.histories = histories;
    this.listener = listener;
  }

  /** Commits the batch in one piece or several. */
  List<Done> process(Cursor cursor, Batch batch) {
    List<Done> done = new ArrayList<>();
    process(cursor, batch, commits.profiles(batch), done);
    return done;
  }

  /**
   * @param profiles stored documents, which follow what is written
   */
  private Cursor process(
      Cursor cursor, Batch batch, Map<String, Document> profiles, List<Done> done) {
    return process(cursor, batch, profiles, done, TRIES);
  }

  private Cursor process(
      Cursor cursor, Batch batch, Map<String, Document> profiles, List<Done> done, int tries) {
    Judged judged;
    Redo redo;
    try {
      var known = new Work.Known(profiles, histories.refolded(work, cursor, batch, profiles));
      judged = judge(cursor, batch, known, batch.size() == 1 ? TRIES : 1);
      redo = Redo.of(after(cursor, batch), judged, List.of());
    } catch (MongoException e) {
      // Definitions are read when they are first needed: a store that is away is no row's fault.
      throw e;
    } catch (RuntimeException e) {
      // Whatever a row provokes is the row's fault: it must not stop the others.
      return narrow(cursor, batch, profiles, e, done);
    }
    if (batch.size() > 1 && redo.size() > MOST_BYTES) {
      return processHalves(cursor, batch, profiles, done);
    }
    try {
      return commit(redo, judged, profiles, done);
    } catch (StaleProfiles e) {
      profiles.keySet().removeAll(batch.profileIds());
      profiles.putAll(commits.profiles(batch));
      return tries > 1
          ? process(cursor, batch, profiles, done, tries - 1)
          : narrow(cursor, batch, profiles, e, done);
    }
  }

  /** Comes closer to the row at fault, or blames the one that is left. */
  private Cursor narrow(
      Cursor cursor,
      Batch batch,
      Map<String, Document> profiles,
      RuntimeException cause,
      List<Done> done) {
    return batch.size() == 1
        ? blame(cursor, batch, profiles, cause, done)
        : processHalves(cursor, batch, profiles, done);
  }

  private Cursor processHalves(
      Cursor cursor, Batch batch, Map<String, Document> profiles, List<Done> done) {
    return process(process(cursor, batch.head(), profiles, done), batch.rest(), profiles, done);
  }

  private Judged judge(Cursor cursor, Batch batch, Work.Known known, int tries) {
    try {
      return work.judge(cursor.versions(), batch.rows(), known, batch.due(), batch.dueUntil());
    } catch (RuntimeException e) {
      if (tries > 1) {
        return judge(cursor, batch, known, tries - 1);
      }
      throw e;
    }
  }

  private Cursor commit(Redo redo, Judged judged, Map<String, Document> profiles, List<Done> done) {
    Cursor next = commits.commit(redo);
    judged.profiles().forEach(profile -> profiles.put(profile.getString("_id"), profile));
    done.add(new Done(next, judged.nextDue()));
    listener.committed(next.partition(), judged);
    return next;
  }

  private static Cursor after(Cursor cursor, Batch batch) {
    long live = cursor.live();
    long bulk = cursor.bulk();
    for (Row row : batch.rows()) {
      if (row.source() == Row.Source.LIVE) {
        live = row.position();
      } else {
        bulk = row.position();
      }
    }
    return cursor.next(live, bulk, cursor.versions());
  }

  /** A due that goes before a row is tried by itself first, so that the row does not pay for it. */
  private Cursor blame(
      Cursor cursor,
      Batch batch,
      Map<String, Document> profiles,
      RuntimeException cause,
      List<Done> done) {
    if (!batch.rows().isEmpty()) {
      Row row = batch.rows().getFirst();
      Document stored = profiles.get(row.profileId());
      Instant due = stored == null ? null : Values.instantOrNull(stored, "dueAt");
      if (due != null && !due.isAfter(row.at())) {
        var before = new Batch(List.of(), List.of(row.profileId()), row.at());
        return process(process(cursor, before, profiles, done), batch, profiles, done);
      }
    }
    return bury(cursor, batch, profiles, cause, done);
  }

  private Cursor bury(
      Cursor cursor,
      Batch batch,
      Map<String, Document> profiles,
      RuntimeException cause,
      List<Done> done) {
    boolean isRow = !batch.rows().isEmpty();
    String profileId = isRow ? batch.rows().getFirst().profileId() : batch.due().getFirst();
    String id = isRow ? batch.rows().getFirst().id() : "due:" + profileId + ":" + batch.dueUntil();
    LOG.log(
        System.Logger.Level.ERROR, "row " + id + " could not be judged and is kept as dead", cause);
    var trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    Document dead =
        new Document("_id", id)
            .append("partition", cursor.partition())
            .append("profileId", profileId)
            .append("row", isRow ? batch.rows().getFirst().toDocument() : null)
            .append("cause", String.valueOf(cause.getMessage()))
            .append("code", cause instanceof Unjudgeable told ? told.code() : DeadRows.UNTOLD)
            .append("values", cause instanceof Unjudgeable told ? told.values() : List.of())
            .append("trace", trace.toString())
            .append("at", Date.from(isRow ? batch.rows().getFirst().at() : batch.dueUntil()));
    Document stored = profiles.get(profileId);
    List<Document> silenced =
        isRow || stored == null
            ? List.of()
            : List.of(
                new Document(stored)
                    .append("rev", stored.getLong("rev") + 1)
                    .append("dueAt", null));
    Judged judged = new Judged(List.of(), List.of(), silenced, null);
    Redo redo = Redo.of(after(cursor, batch), judged, List.of(dead));
    return commit(redo, judged, profiles, done);
  }
}
