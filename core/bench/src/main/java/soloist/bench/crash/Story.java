package soloist.bench.crash;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import soloist.store.Values;

/**
 * Whether outbox, decisions and profile tell the same of a person: each message was decided and
 * each decision to send has its message; each step of each entry was decided once, unless the
 * profile says that the journey has not come so far.
 */
final class Story {
  private Story() {}

  /**
   * Says where they differ.
   *
   * @param steps how many steps the longest campaign has
   */
  static List<String> contradictions(
      Document profile, List<Document> decisions, List<Document> outbox, int steps) {
    List<String> found = new ArrayList<>();
    Set<Object> decided = new HashSet<>();
    decisions.forEach(decision -> decided.add(decision.get("message")));
    Set<Object> queued = new HashSet<>();
    Set<String> campaigns = new TreeSet<>();
    for (Document row : outbox) {
      queued.add(row.get("_id"));
      if (!decided.contains(row.get("_id"))) {
        found.add("nobody decided to send " + row.get("campaign") + "/" + row.get("step"));
      }
    }
    for (Document decision : decisions) {
      campaigns.add(decision.getString("campaign"));
      if (decision.get("message") != null && !queued.contains(decision.get("message"))) {
        found.add("a message was decided but not queued: " + Portrait.decision(decision));
      }
    }
    for (String campaign : campaigns) {
      List<Document> ours = of(campaign, decisions);
      long entries = ours.stream().filter(each -> "start".equals(each.get("kind"))).count();
      for (int order = 1; order <= steps; order++) {
        int step = order;
        long times = ours.stream().filter(each -> each.getInteger("order") == step).count();
        long notYet =
            of(campaign, Values.documents(profile, "journeys")).stream()
                .filter(journey -> journey.getInteger("step") < step - 1)
                .count();
        if (times != entries - notYet) {
          found.add(
              "step %s of %s was decided %s times in %s entries, of which %s are not there yet"
                  .formatted(step, campaign, times, entries, notYet));
        }
      }
    }
    return found;
  }

  private static List<Document> of(String campaign, List<Document> documents) {
    return documents.stream().filter(each -> campaign.equals(each.get("campaign"))).toList();
  }
}
