package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import soloist.http.Problem;
import soloist.ingest.EventInput;
import soloist.profile.EventTypes;
import soloist.store.Values;

/**
 * The owner's answer to whether the people in a file have agreed.
 *
 * @param source where they did, such as {@code paper form}
 * @param at when they did
 */
record ConsentAnswer(String purpose, String source, Instant at) {

  /**
   * Reads and checks it.
   *
   * @throws Problem with every fault
   */
  static ConsentAnswer read(JsonObject body, Instant now) {
    try {
      if (!(body.getValue("at") instanceof String)) {
        throw Problem.invalid("/time", "time-format");
      }
      EventInput checked =
          EventInput.read(
              event(
                  body.getValue("purpose") instanceof String purpose ? purpose : "",
                  body.getValue("source") instanceof String source ? source : "",
                  body.getString("at"),
                  new JsonObject().put("userId", "anybody")),
              now);
      return new ConsentAnswer(body.getString("purpose"), body.getString("source"), checked.time());
    } catch (Problem e) {
      List<Problem.Detail> details =
          e.details().stream()
              .map(
                  detail ->
                      new Problem.Detail(
                          detail
                              .pointer()
                              .replace("/properties", "/consent")
                              .replace("/time", "/consent/at"),
                          detail.code(),
                          detail.values()))
              .toList();
      throw Problem.invalid(details);
    }
  }

  EventInput event(JsonObject identifiers, Instant now) {
    return EventInput.read(event(purpose, source, at.toString(), identifiers), now);
  }

  private static JsonObject event(
      String purpose, String source, String at, JsonObject identifiers) {
    return new JsonObject()
        .put("type", EventTypes.CONSENT)
        .put("time", at)
        .put("identifiers", identifiers)
        .put(
            "properties",
            new JsonObject().put("purpose", purpose).put("granted", true).put("source", source));
  }

  Document toDocument() {
    return new Document("purpose", purpose).append("source", source).append("at", Values.date(at));
  }

  static ConsentAnswer of(Document document) {
    return new ConsentAnswer(
        document.getString("purpose"),
        document.getString("source"),
        Values.instant(document, "at"));
  }
}
