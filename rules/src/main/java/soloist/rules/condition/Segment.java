package soloist.rules.condition;

import static java.util.Objects.requireNonNull;

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
import soloist.rules.condition.Condition.Responded;
import soloist.rules.condition.Condition.TraitIs;

/**
 * One version of a named condition; a person is in it or not.
 *
 * @param id stable name, 1 to 64 of {@code [a-z0-9-]}
 * @param version counts from 1
 * @param name what people see, by language tag
 * @param condition about the person alone: all, any, not, did, traits and consents. Segments do not
 *     yet refer to segments, so that none can depend on itself
 */
public record Segment(String id, int version, Map<String, String> name, Condition condition) {

  public Segment {
    if (!id.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "an id is 1 to 64 of a-z, 0-9 and '-', but this one is '" + id + "'");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version counts from 1, but is " + version);
    }
    name = Map.copyOf(name);
    requireNonNull(condition);
    if (!isAboutThePersonAlone(condition)) {
      throw new IllegalArgumentException(
          "segment '"
              + id
              + "' uses a condition other than all, any, not, did, trait and consented");
    }
  }

  private static boolean isAboutThePersonAlone(Condition condition) {
    return switch (condition) {
      case All(List<Condition> of) -> of.stream().allMatch(Segment::isAboutThePersonAlone);
      case Any(List<Condition> of) -> of.stream().allMatch(Segment::isAboutThePersonAlone);
      case Not(Condition of) -> isAboutThePersonAlone(of);
      case Did _, TraitIs _, Consented _ -> true;
      case InSegment _, Responded _, EnteredBefore _, Fresh _ -> false;
    };
  }
}
