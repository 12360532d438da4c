package soloist.campaign;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.rules.campaign.Step;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Segment;

/**
 * What a campaign goes by when it chooses people, however deep it is asked for.
 *
 * @param segments by id, those that its segments ask for included
 * @param traits by key
 */
public record Basis(Set<String> segments, Set<String> traits) {
  public Basis {
    segments = Set.copyOf(segments);
    traits = Set.copyOf(traits);
  }

  /**
   * @param known every segment that is published
   */
  static Basis of(Blueprint blueprint, List<Segment> known) {
    Map<String, Segment> byId = new HashMap<>();
    known.forEach(each -> byId.put(each.id(), each));
    byId.put(blueprint.segment().id(), blueprint.segment());
    Set<String> segments = new HashSet<>(Set.of(blueprint.segment().id()));
    Set<String> traits = new HashSet<>();
    Deque<Condition> asked = new ArrayDeque<>();
    asked.add(blueprint.segment().condition());
    asked.add(blueprint.campaign().audience());
    for (Step step : blueprint.campaign().steps()) {
      if (step instanceof Step.Send send) {
        asked.add(send.onlyIf());
      }
    }
    while (!asked.isEmpty()) {
      Condition condition = asked.remove();
      traits.addAll(Conditions.traits(condition));
      for (String id : Conditions.segments(condition)) {
        if (segments.add(id) && byId.containsKey(id)) {
          asked.add(byId.get(id).condition());
        }
      }
    }
    return new Basis(segments, traits);
  }
}
