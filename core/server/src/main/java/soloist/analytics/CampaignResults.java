package soloist.analytics;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import soloist.analytics.Happening.What;
import soloist.campaign.Declined;
import soloist.profile.EventTypes;
import soloist.profile.Roots;
import soloist.store.Store;
import soloist.store.Values;

/**
 * What came of a campaign, read from its decisions and messages by index and from the events of
 * those who were written to. Of the newest only: what is beyond the bound is not counted, and said
 * to be so.
 */
final class CampaignResults {
  static final int MOST = 50_000;
  private static final int CHUNK = 500;

  private final Store store;

  CampaignResults(Store store) {
    this.store = store;
  }

  /** Everything that happened, and whether that is all. */
  record Found(List<Happening> happenings, boolean complete) {}

  /**
   * @param within how long after a mail an order still counts as one after it
   */
  Found of(String campaign, Duration within) {
    List<Happening> found = new ArrayList<>();
    boolean complete = decisions(campaign, found);
    List<Document> sent = new ArrayList<>();
    complete &= messages(campaign, found, sent);
    for (int from = 0; from < sent.size(); from += CHUNK) {
      answers(sent.subList(from, Math.min(from + CHUNK, sent.size())), within, found);
    }
    return new Found(onceAPerson(found), complete);
  }

  private boolean decisions(String campaign, List<Happening> found) {
    int read = 0;
    for (Document each :
        store
            .decisions()
            .find(eq("campaign", campaign))
            .sort(descending("at"))
            .limit(MOST)
            .batchSize(CHUNK)) {
      read++;
      switch (each.getString("kind")) {
        case "start" -> found.add(entry(What.ENTERED, each, ""));
        case "decline" -> found.add(entry(What.DECLINED, each, Declined.why(each)));
        case "leave" -> found.add(entry(What.LEFT, each, each.getString("reason")));
        default -> {
          // Steps speak by their messages.
        }
      }
    }
    return read < MOST;
  }

  private static Happening entry(What what, Document decision, String reason) {
    return new Happening(
        what,
        decision.getInteger("version"),
        reason,
        decision.getString("profileId"),
        Values.instant(decision, "at"),
        null,
        decision.getString("_id"),
        null);
  }

  private boolean messages(String campaign, List<Happening> found, List<Document> sent) {
    int read = 0;
    for (Document each :
        store
            .outbox()
            .find(eq("campaign", campaign))
            .sort(descending("queuedAt"))
            .limit(MOST)
            .batchSize(CHUNK)) {
      read++;
      String reason = each.getString("reason");
      What what =
          switch (each.getString("state")) {
            case "sent" -> What.SENT;
            case "held" -> What.HELD;
            case "refused" -> What.REFUSED;
            default -> What.WAITING;
          };
      if (what == What.SENT) {
        sent.add(each);
      }
      Instant settled = Values.instantOrNull(each, "settledAt");
      found.add(
          new Happening(
              what,
              each.getInteger("version"),
              reason == null || what == What.SENT ? "" : reason,
              each.getString("profileId"),
              settled == null ? Values.instant(each, "queuedAt") : settled,
              each.getString("step"),
              each.getString("decision"),
              each.getString("_id")));
    }
    return read < MOST;
  }

  /** Clicks and unsubscribes name the message; an order only came after it. */
  private void answers(List<Document> sent, Duration within, List<Happening> found) {
    Map<String, Document> byId = new HashMap<>();
    Map<String, List<Document>> byPerson = new HashMap<>();
    Map<String, Document> roots =
        Roots.findAll(store, sent.stream().map(each -> each.getString("profileId")).toList());
    Instant first = Instant.MAX;
    for (Document message : sent) {
      byId.put(message.getString("_id"), message);
      String recipient = message.getString("profileId");
      Document root = roots.get(recipient);
      // Whoever it is by now may order under any id they have had.
      for (String id : root == null ? Set.of(recipient) : Roots.ids(root)) {
        byPerson.computeIfAbsent(id, _ -> new ArrayList<>()).add(message);
      }
      Instant at = Values.instant(message, "settledAt");
      first = at.isBefore(first) ? at : first;
    }
    for (Document event :
        store
            .events()
            .find(
                and(
                    in("profileId", byPerson.keySet()),
                    // A message may be answered before it is settled.
                    gte("time", Date.from(first.minus(Duration.ofHours(1)))),
                    in("type", EventTypes.CLICKED, EventTypes.UNSUBSCRIBED, EventTypes.ORDER)))
            .projection(include("profileId", "type", "time", "properties.message"))
            .batchSize(CHUNK)) {
      String type = event.getString("type");
      if (type.equals(EventTypes.ORDER)) {
        Instant at = Values.instant(event, "time");
        byPerson.getOrDefault(event.getString("profileId"), List.of()).stream()
            .filter(message -> isWithin(at, Values.instant(message, "settledAt"), within))
            .forEach(message -> found.add(answer(What.ORDERED, event, message)));
      } else {
        Document message = byId.get(Values.document(event, "properties").getString("message"));
        if (message != null) {
          What what = type.equals(EventTypes.CLICKED) ? What.CLICKED : What.UNSUBSCRIBED;
          found.add(answer(what, event, message));
        }
      }
    }
  }

  private static boolean isWithin(Instant order, Instant sent, Duration within) {
    return !order.isBefore(sent) && order.isBefore(sent.plus(within));
  }

  private static Happening answer(What what, Document event, Document message) {
    return new Happening(
        what,
        message.getInteger("version"),
        "",
        event.getString("profileId"),
        Values.instant(event, "time"),
        message.getString("step"),
        message.getString("decision"),
        message.getString("_id"));
  }

  /** Of answers a person's first in each version. */
  private static List<Happening> onceAPerson(List<Happening> found) {
    Set<String> seen = new HashSet<>();
    return found.stream()
        .filter(
            each ->
                each.what().compareTo(What.CLICKED) < 0
                    || seen.add(each.what() + "|" + each.version() + "|" + each.profileId()))
        .toList();
  }
}
