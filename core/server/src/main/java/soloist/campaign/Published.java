package soloist.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import soloist.profile.Journey;
import soloist.profile.OwnFields;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.campaign.ReEntry;
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
    Map<String, Standing> standings,
    Set<Condition.Did> events,
    Judge judge,
    OwnFields own) {

  /** What is in force when these alone are. */
  public static Published of(
      Collection<Segment> segments,
      Collection<Campaign> open,
      Collection<Campaign> running,
      Map<String, Standing> standings,
      JudgeFactory judges) {
    Map<String, Campaign> campaigns = new HashMap<>();
    running.forEach(campaign -> campaigns.put(campaign.versionedId(), campaign));
    Set<Condition.Did> events = new HashSet<>();
    segments.forEach(segment -> events.addAll(Conditions.events(segment.condition())));
    running.forEach(campaign -> asked(campaign).forEach(events::add));
    return new Published(
        Segment.inOrder(segments),
        Map.copyOf(campaigns),
        Map.copyOf(standings),
        Set.copyOf(events),
        judges.build(open, running),
        OwnFields.NONE);
  }

  /** The same, where the owner's fields can be asked for. */
  public Published with(OwnFields fields) {
    return new Published(segments, campaigns, standings, events, judge, fields);
  }

  private static Stream<Condition.Did> asked(Campaign campaign) {
    Stream<Condition> steps =
        campaign.steps().stream()
            .flatMap(
                step -> step instanceof Step.Send send ? Stream.of(send.onlyIf()) : Stream.empty());
    return Stream.concat(Stream.of(campaign.audience()), steps)
        .flatMap(condition -> Conditions.events(condition).stream());
  }

  /** How a campaign stands now. */
  Standing standing(String campaign) {
    return standings.getOrDefault(campaign, Standing.OPEN);
  }

  /**
   * Whether who is on a journey could not have entered its campaign after having done so before.
   */
  public boolean keepsOut(Journey journey, Instant entered) {
    Campaign campaign = campaigns.get(journey.campaign() + "@" + journey.version());
    return campaign == null
        || switch (campaign.reEntry()) {
          case ReEntry.Once() -> true;
          case ReEntry.After(Duration time) ->
              Duration.between(entered, journey.since()).abs().compareTo(time) < 0;
        };
  }

  /** Builds a judge from the versions that may be entered and those that people may still be in. */
  @FunctionalInterface
  public interface JudgeFactory {
    Judge build(Collection<Campaign> open, Collection<Campaign> running);
  }

  /** Keeps what was compiled for the versions that lanes stand at, and a few before. */
  public static final class Cache implements Function<Map<String, Integer>, Published> {
    private static final int MOST_KEPT = 16;

    private final Map<Map<String, Integer>, Published> compiled =
        new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Map<String, Integer>, Published> eldest) {
            return size() > MOST_KEPT;
          }
        };
    private final Definitions definitions;
    private final JudgeFactory judges;

    public Cache(Definitions definitions, JudgeFactory judges) {
      this.definitions = definitions;
      this.judges = judges;
    }

    @Override
    public Published apply(Map<String, Integer> versions) {
      synchronized (compiled) {
        return compiled.computeIfAbsent(versions, this::compile);
      }
    }

    private Published compile(Map<String, Integer> versions) {
      List<Segment> segments = new ArrayList<>();
      List<Campaign> open = new ArrayList<>();
      List<Campaign> running = new ArrayList<>();
      Map<String, Standing> standings = new HashMap<>();
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
                      running.add(CampaignDocuments.read(definitions.body(kind, id, past)));
                    }
                  }
                  Standing standing = Standing.of(versions, id);
                  standings.put(id, standing);
                  // While it pauses its trigger is still asked, so that why nothing came is kept.
                  if (standing != Standing.ENDED) {
                    open.add(running.getLast());
                  }
                }
              });
      // Whatever asks for a field was published after it was made.
      return Published.of(segments, open, running, standings, judges)
          .with(OwnFields.of(definitions));
    }
  }
}
