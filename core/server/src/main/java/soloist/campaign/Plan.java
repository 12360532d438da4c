package soloist.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.lane.Publications;
import soloist.store.Values;

/**
 * A campaign as its owner makes it: where it comes from, the answers, the words, and how far it is.
 * Versions that count are made of it when it is published.
 *
 * @param rev counts changes by the owner
 * @param recipe it is made from, empty for a broadcast
 * @param segment whose members it is for; one of its own unless it is a broadcast
 * @param mails words by mail and language
 * @param version published last, 0 for none
 * @param segmentVersion of its own segment published last, 0 for none
 * @param standings how many standings have been published
 * @param releaseAt until when a released broadcast can still be taken back, null otherwise
 * @param pending what is decided, but perhaps not yet said in every partition
 * @param walks through all people that are under way or done, by name
 */
record Plan(
    String id,
    int rev,
    Map<String, Object> name,
    String recipe,
    Map<String, Object> answers,
    String segment,
    Map<String, Map<String, Object>> mails,
    State state,
    int version,
    int segmentVersion,
    int standings,
    @Nullable Instant releaseAt,
    Instant createdAt,
    Instant changedAt,
    List<Publications.Change> pending,
    Map<String, Walk> walks) {

  enum State {
    DRAFT,
    /** A broadcast that goes out at {@code releaseAt} unless it is taken back. */
    RELEASED,
    ACTIVE,
    PAUSED,
    /** A broadcast that was offered to everybody. */
    DONE,
    ENDED;

    Standing standing() {
      return switch (this) {
        case DRAFT, RELEASED, ACTIVE, DONE -> Standing.OPEN;
        case PAUSED -> Standing.PAUSED;
        case ENDED -> Standing.ENDED;
      };
    }
  }

  boolean isBroadcast() {
    return recipe.isEmpty();
  }

  /** Whether people may be inside. */
  boolean runs() {
    return state == State.ACTIVE || state == State.PAUSED;
  }

  Plan withWords(
      Map<String, Object> newName,
      Map<String, Object> newAnswers,
      Map<String, Map<String, Object>> newMails) {
    return new Plan(
        id,
        rev,
        newName,
        recipe,
        newAnswers,
        segment,
        newMails,
        state,
        version,
        segmentVersion,
        standings,
        releaseAt,
        createdAt,
        changedAt,
        pending,
        walks);
  }

  Plan in(State newState, @Nullable Instant newReleaseAt) {
    return new Plan(
        id,
        rev,
        name,
        recipe,
        answers,
        segment,
        mails,
        newState,
        version,
        segmentVersion,
        standings,
        newReleaseAt,
        createdAt,
        changedAt,
        pending,
        walks);
  }

  /** With versions that are to be said everywhere. */
  Plan publishing(
      int newVersion, int newSegmentVersion, List<Publications.Change> changes, List<Walk> more) {
    List<Publications.Change> all = new ArrayList<>(pending);
    all.addAll(changes);
    Map<String, Walk> through = new LinkedHashMap<>(walks);
    more.forEach(walk -> through.put(walk.name(), walk));
    return new Plan(
        id,
        rev,
        name,
        recipe,
        answers,
        segment,
        mails,
        state,
        newVersion,
        newSegmentVersion,
        standings,
        releaseAt,
        createdAt,
        changedAt,
        all,
        through);
  }

  /** With its present standing to be said everywhere. */
  Plan publishingStanding() {
    int number = standings + 1;
    List<Publications.Change> all = new ArrayList<>(pending);
    all.add(new Publications.Change(Standing.KIND, id, state.standing().ordinal(), number));
    return new Plan(
        id,
        rev,
        name,
        recipe,
        answers,
        segment,
        mails,
        state,
        version,
        segmentVersion,
        number,
        releaseAt,
        createdAt,
        changedAt,
        all,
        walks);
  }

  /** As it is kept, but for id and walks, which are written apart. */
  Document toDocument(int newRev, Instant now) {
    return new Document("rev", newRev)
        .append("name", Values.stored(name))
        .append("recipe", recipe)
        .append("answers", Values.stored(answers))
        .append("segment", segment)
        .append("mails", Values.stored(mails))
        .append("state", state.name())
        .append("version", version)
        .append("segmentVersion", segmentVersion)
        .append("standings", standings)
        .append("releaseAt", Values.date(releaseAt))
        .append("createdAt", Date.from(createdAt))
        .append("changedAt", Date.from(now))
        .append("pending", pending.stream().map(Plan::document).toList());
  }

  private static Document document(Publications.Change change) {
    return new Document("kind", change.kind())
        .append("id", change.id())
        .append("version", change.version())
        .append("number", change.number());
  }

  @SuppressWarnings("unchecked")
  static Plan of(Document document) {
    Map<String, Walk> walks = new LinkedHashMap<>();
    Values.document(document, "walks")
        .forEach((name, walk) -> walks.put(name, Walk.of((Document) walk)));
    Map<String, Map<String, Object>> mails = new LinkedHashMap<>();
    plain(document, "mails").forEach((mail, words) -> mails.put(mail, (Map<String, Object>) words));
    return new Plan(
        document.getString("_id"),
        document.getInteger("rev"),
        plain(document, "name"),
        document.getString("recipe"),
        plain(document, "answers"),
        document.getString("segment"),
        mails,
        State.valueOf(document.getString("state")),
        document.getInteger("version"),
        document.getInteger("segmentVersion"),
        document.getInteger("standings"),
        Values.instantOrNull(document, "releaseAt"),
        Values.instant(document, "createdAt"),
        Values.instant(document, "changedAt"),
        Values.documents(document, "pending").stream().map(Plan::change).toList(),
        walks);
  }

  private static Publications.Change change(Document document) {
    return new Publications.Change(
        document.getString("kind"),
        document.getString("id"),
        document.getInteger("version"),
        document.getInteger("number"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(Document document, String key) {
    Object value = Values.plain(document.get(key));
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
