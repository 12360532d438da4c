package soloist.imports;

import java.time.Instant;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.ingest.Undone;
import soloist.store.Values;

/**
 * One file that was brought in.
 *
 * @param survey what its connector saw in it last, as the API shows it
 * @param preview the job that read it last without writing
 * @param order what the owner wants done with it; null until it is started
 * @param job the job that does it or has done it
 * @param backup the way back that was made before it, empty until it was started
 * @param undoing null unless the owner has taken it back
 */
record Import(
    String id,
    String name,
    String plugin,
    Instant createdAt,
    long size,
    String sha256,
    Map<String, Object> survey,
    @Nullable String preview,
    @Nullable Order order,
    @Nullable String job,
    Map<String, Object> backup,
    @Nullable Undoing undoing,
    State state) {

  /**
   * That it does not count any more.
   *
   * @param job that takes it back
   * @param endedAt when nobody's portrait knew of it any more; null until then
   */
  record Undoing(@Nullable String job, @Nullable Instant endedAt) {}

  /**
   * What is to be done.
   *
   * @param consent null when the owner has not said that they agreed
   * @param startsCampaigns whether these are news, not history
   */
  record Order(Reading reading, @Nullable ConsentAnswer consent, boolean startsCampaigns) {}

  /**
   * How far it is, as it is on disk.
   *
   * @param cursor of the connector, empty at the beginning
   * @param rejectBytes how much of the file of refused rows counts
   */
  record State(String cursor, Tally tally, long rejectBytes) {
    static State beginning() {
      return new State("", new Tally(), 0);
    }

    Document toDocument() {
      return new Document("cursor", cursor)
          .append("counts", Values.stored(tally.toMap()))
          .append("rejectBytes", rejectBytes);
    }
  }

  /** What every event of it says about who told. */
  String origin() {
    return Undone.origin(id);
  }

  int fields() {
    return survey.get("fields") instanceof java.util.List<?> fields ? fields.size() : 0;
  }

  static Document toDocument(Order order) {
    return new Document("reading", order.reading().toDocument())
        .append("consent", order.consent() == null ? null : order.consent().toDocument())
        .append("startsCampaigns", order.startsCampaigns());
  }

  Document toDocument() {
    return new Document("_id", id)
        .append("name", name)
        .append("plugin", plugin)
        .append("createdAt", Values.date(createdAt))
        .append("size", size)
        .append("sha256", sha256)
        .append("survey", Values.stored(survey))
        .append("preview", preview)
        .append("order", order == null ? null : toDocument(order))
        .append("job", job)
        .append("backup", Values.stored(backup))
        .append("undoing", null)
        .append("state", state.toDocument());
  }

  @SuppressWarnings("unchecked")
  static Import of(Document document) {
    Document order = document.get("order", Document.class);
    Document state = Values.document(document, "state");
    Object backup = Values.plain(document.get("backup"));
    Object survey = Values.plain(document.get("survey"));
    return new Import(
        document.getString("_id"),
        document.getString("name"),
        document.getString("plugin"),
        Values.instant(document, "createdAt"),
        document.getLong("size"),
        document.getString("sha256"),
        survey == null ? Map.of() : (Map<String, Object>) survey,
        document.getString("preview"),
        order == null ? null : order(order),
        document.getString("job"),
        backup == null ? Map.of() : (Map<String, Object>) backup,
        undoing(document.get("undoing", Document.class)),
        new State(
            state.getString("cursor"),
            Tally.of(Values.document(state, "counts")),
            state.getLong("rejectBytes")));
  }

  private static @Nullable Undoing undoing(@Nullable Document document) {
    return document == null
        ? null
        : new Undoing(document.getString("job"), Values.instantOrNull(document, "endedAt"));
  }

  private static Order order(Document document) {
    Document consent = document.get("consent", Document.class);
    return new Order(
        Reading.of(Values.document(document, "reading")),
        consent == null ? null : ConsentAnswer.of(consent),
        document.getBoolean("startsCampaigns"));
  }
}
