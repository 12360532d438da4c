package soloist.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import soloist.http.Problem;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.campaign.Step;
import soloist.rules.campaign.Trigger;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Segment;

/**
 * Something that asks for a segment and would not work without it.
 *
 * @param kind {@code segment} or {@code campaign}
 */
record Use(String kind, String id, Map<String, String> name) {

  static List<Use> of(String segment, List<Segment> segments, List<Map<String, Object>> campaigns) {
    List<Use> uses = new ArrayList<>();
    segments.stream()
        .filter(other -> Conditions.segments(other.condition()).contains(segment))
        .forEach(other -> uses.add(new Use("segment", other.id(), other.name())));
    campaigns.stream()
        .map(CampaignDocuments::read)
        .filter(campaign -> asksFor(campaign, segment))
        .forEach(campaign -> uses.add(new Use("campaign", campaign.id(), campaign.name())));
    return uses;
  }

  private static boolean asksFor(Campaign campaign, String segment) {
    Stream<Condition> steps =
        campaign.steps().stream()
            .flatMap(
                step -> step instanceof Step.Send send ? Stream.of(send.onlyIf()) : Stream.empty());
    return campaign.trigger().equals(new Trigger.SegmentEntered(segment))
        || campaign.trigger().equals(new Trigger.SegmentLeft(segment))
        || Stream.concat(Stream.of(campaign.audience()), steps)
            .anyMatch(condition -> Conditions.segments(condition).contains(segment));
  }

  Problem.Detail detail() {
    List<String> names = name.values().stream().distinct().sorted().toList();
    return new Problem.Detail(
        kind + ":" + id, "segment-used-by-" + kind, List.of(String.join(" · ", names)));
  }
}
