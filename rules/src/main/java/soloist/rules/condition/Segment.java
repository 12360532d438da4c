package soloist.rules.condition;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soloist.rules.condition.Condition.All;
import soloist.rules.condition.Condition.Any;
import soloist.rules.condition.Condition.Consented;
import soloist.rules.condition.Condition.Did;
import soloist.rules.condition.Condition.EnteredBefore;
import soloist.rules.condition.Condition.Fresh;
import soloist.rules.condition.Condition.InSegment;
import soloist.rules.condition.Condition.Not;
import soloist.rules.condition.Condition.Recent;
import soloist.rules.condition.Condition.Responded;
import soloist.rules.condition.Condition.TraitIs;

/**
 * One version of a named condition; a person is in it or not.
 *
 * @param id stable name, 1 to 64 of {@code [a-z0-9-]}
 * @param version counts from 1
 * @param name what people see, by language tag
 * @param description the condition in plain words, by language tag; may be empty
 * @param condition about the person alone: all, any, not, did, traits, consents and other segments,
 *     none of which may ask for this one in turn
 */
public record Segment(
    String id,
    int version,
    Map<String, String> name,
    Map<String, String> description,
    Condition condition) {

  /** One without a description. */
  public Segment(String id, int version, Map<String, String> name, Condition condition) {
    this(id, version, name, Map.of(), condition);
  }

  public Segment {
    if (!id.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "an id is 1 to 64 of a-z, 0-9 and '-', but this one is '" + id + "'");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version counts from 1, but is " + version);
    }
    name = Map.copyOf(name);
    description = Map.copyOf(description);
    requireNonNull(condition);
    if (!isAboutThePersonAlone(condition)) {
      throw new IllegalArgumentException(
          "segment '"
              + id
              + "' uses a condition other than all, any, not, did, trait, recent, consented and in"
              + " segment");
    }
  }

  /**
   * The segments in an order in which each stands after those it asks for, otherwise as given;
   * among segments that ask for each other in a circle, which nobody may publish, as given.
   */
  public static List<Segment> inOrder(Collection<Segment> segments) {
    Map<String, Segment> waiting = new LinkedHashMap<>();
    segments.forEach(segment -> waiting.put(segment.id(), segment));
    List<Segment> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      place(waiting.keySet().iterator().next(), waiting, ordered);
    }
    return ordered;
  }

  private static void place(String id, Map<String, Segment> waiting, List<Segment> ordered) {
    Segment segment = waiting.remove(id);
    if (segment != null) {
      Conditions.segments(segment.condition()).forEach(asked -> place(asked, waiting, ordered));
      ordered.add(segment);
    }
  }

  private static boolean isAboutThePersonAlone(Condition condition) {
    return switch (condition) {
      case All(List<Condition> of) -> of.stream().allMatch(Segment::isAboutThePersonAlone);
      case Any(List<Condition> of) -> of.stream().allMatch(Segment::isAboutThePersonAlone);
      case Not(Condition of) -> isAboutThePersonAlone(of);
      case Did _, TraitIs _, Recent _, Consented _, InSegment _ -> true;
      case Responded _, EnteredBefore _, Fresh _ -> false;
    };
  }
}
