package soloist.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.campaign.Step;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.rules.judge.Judge;
import soloist.store.Definitions;

/**
 * What is in force under one set of versions, compiled. The same versions always give the same
 * rules.
 */
public record Published(
    List<Segment> segments,
    Map<String, Campaign> campaigns,
    Set<Condition.Did> events,
    Judge judge) {

  /** Builds a judge from the versions that may be entered and those that people may still be in. */
  @FunctionalInterface
  public interface JudgeFactory {
    Judge build(Collection<Campaign> open, Collection<Campaign> running);
  }

  /** Keeps what was compiled for the versions that lanes stand at. */
  public static final class Cache implements Function<Map<String, Integer>, Published> {
    private final Map<Map<String, Integer>, Published> compiled = new ConcurrentHashMap<>();
    private final Definitions definitions;
    private final JudgeFactory judges;

    public Cache(Definitions definitions, JudgeFactory judges) {
      this.definitions = definitions;
      this.judges = judges;
    }

    @Override
    public Published apply(Map<String, Integer> versions) {
      return compiled.computeIfAbsent(versions, this::compile);
    }

    private static Stream<Condition.Did> asked(Campaign campaign) {
      Stream<Condition> steps =
          campaign.steps().stream()
              .flatMap(
                  step ->
                      step instanceof Step.Send send ? Stream.of(send.onlyIf()) : Stream.empty());
      return Stream.concat(Stream.of(campaign.audience()), steps)
          .flatMap(condition -> Conditions.events(condition).stream());
    }

    private Published compile(Map<String, Integer> versions) {
      List<Segment> segments = new ArrayList<>();
      List<Campaign> open = new ArrayList<>();
      Map<String, Campaign> running = new HashMap<>();
      versions.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              entry -> {
                String kind = entry.getKey().substring(0, entry.getKey().indexOf(':'));
                String id = entry.getKey().substring(kind.length() + 1);
                int version = entry.getValue();
                if (kind.equals(Definitions.SEGMENT)) {
                  segments.add(SegmentDocuments.read(definitions.body(kind, id, version)));
                } else if (kind.equals(Definitions.CAMPAIGN)) {
                  for (int past = 1; past <= version; past++) {
                    if (past == version || definitions.exists(kind, id, past)) {
                      Campaign campaign = CampaignDocuments.read(definitions.body(kind, id, past));
                      running.put(campaign.versionedId(), campaign);
                    }
                  }
                  open.add(CampaignDocuments.read(definitions.body(kind, id, version)));
                }
              });
      Set<Condition.Did> events = new HashSet<>();
      segments.forEach(segment -> events.addAll(Conditions.events(segment.condition())));
      running.values().forEach(campaign -> asked(campaign).forEach(events::add));
      return new Published(
          Segment.inOrder(segments),
          Map.copyOf(running),
          Set.copyOf(events),
          judges.build(open, running.values()));
    }
  }
}
