package soloist.profile;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/**
 * One person's way through one campaign version, while it lasts.
 *
 * @param entry id of the entry, part of every effect's id
 * @param step index of the step it stands at
 * @param wakeAt when a wait ends, null when the journey does not wait
 * @param responses step, a vertical bar and the type of the event that answered its message; sorted
 * @param wave the cause that began it for others too, null when it began for this person alone
 */
public record Journey(
    String campaign,
    int version,
    String entry,
    int step,
    Instant since,
    @Nullable Instant wakeAt,
    List<String> responses,
    @Nullable String wave) {

  public Journey {
    responses = List.copyOf(responses);
  }

  public Journey at(int newStep, @Nullable Instant newWakeAt) {
    return new Journey(campaign, version, entry, newStep, since, newWakeAt, responses, wave);
  }

  public boolean responded(String stepId, String event) {
    return responses.contains(stepId + "|" + event);
  }

  Journey withResponse(String stepId, String event) {
    var all = new TreeSet<>(responses);
    all.add(stepId + "|" + event);
    return new Journey(campaign, version, entry, step, since, wakeAt, List.copyOf(all), wave);
  }

  Document toDocument() {
    Document document =
        new Document("campaign", campaign)
            .append("version", version)
            .append("entry", entry)
            .append("step", step)
            .append("since", Values.date(since))
            .append("wakeAt", Values.date(wakeAt))
            .append("responses", responses);
    return wave == null ? document : document.append("wave", wave);
  }

  static Journey of(Document document) {
    return new Journey(
        document.getString("campaign"),
        document.getInteger("version"),
        document.getString("entry"),
        document.getInteger("step"),
        Values.instant(document, "since"),
        Values.instantOrNull(document, "wakeAt"),
        document.getList("responses", String.class),
        document.getString("wave"));
  }
}
