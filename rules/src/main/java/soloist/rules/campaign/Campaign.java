package soloist.rules.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.rules.condition.Condition;

/**
 * One version of a campaign as data.
 *
 * @param id stable name, 1 to 64 of {@code [a-z0-9-]}
 * @param version counts from 1; people inside finish the version they entered
 * @param name what people see, by language tag
 * @param purpose what the person must have consented to, such as {@code marketing}
 * @param trigger what starts it
 * @param audience who may enter, asked when the trigger matches
 * @param freshness a cause older than this starts nothing
 * @param reEntry whether somebody may enter again
 * @param steps at least one, in order, with different ids
 */
public record Campaign(
    String id,
    int version,
    Map<String, String> name,
    String purpose,
    Trigger trigger,
    Condition audience,
    Duration freshness,
    ReEntry reEntry,
    List<Step> steps) {

  public Campaign {
    requireId(id);
    if (version < 1) {
      throw new IllegalArgumentException("version counts from 1, but is " + version);
    }
    name = Map.copyOf(name);
    requireNonNull(purpose);
    requireNonNull(trigger);
    requireNonNull(audience);
    requireNonNull(freshness);
    requireNonNull(reEntry);
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("campaign '" + id + "' has no step");
    }
    Set<String> ids = new HashSet<>();
    for (Step step : steps) {
      requireId(step.id());
      if (!ids.add(step.id())) {
        throw new IllegalArgumentException(
            "campaign '" + id + "' has two steps '" + step.id() + "'");
      }
    }
  }

  /**
   * The condition under which a matching trigger starts the campaign: audience, freshness and
   * re-entry in one tree.
   */
  public Condition entry() {
    return new Condition.All(
        List.of(
            audience, new Condition.Fresh(freshness), new Condition.Not(reEntry.blockedBy(id))));
  }

  /**
   * The condition under which an offer of the owner starts the campaign: the same, and that the
   * person is still in the segment whose members it was offered to.
   */
  public Condition offered() {
    return trigger instanceof Trigger.SegmentEntered(String segment)
        ? new Condition.All(List.of(entry(), new Condition.InSegment(segment)))
        : entry();
  }

  public String versionedId() {
    return id + "@" + version;
  }

  private static void requireId(String id) {
    if (!id.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "an id is 1 to 64 of a-z, 0-9 and '-', but this one is '" + id + "'");
    }
  }
}
