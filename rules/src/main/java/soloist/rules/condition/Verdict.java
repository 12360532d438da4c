package soloist.rules.condition;

import java.util.List;
import java.util.Map;

/**
 * A condition as it was decided: whether it held, what was seen, and the same of its parts.
 *
 * @param saw the values that decided, by name, in the types of {@link Facts#trait} or {@link Long};
 *     empty for all, any and not, and where a value was missing
 */
public record Verdict(
    Condition condition, boolean holds, Map<String, Object> saw, List<Verdict> parts) {

  public Verdict {
    saw = Map.copyOf(saw);
    parts = List.copyOf(parts);
  }
}
