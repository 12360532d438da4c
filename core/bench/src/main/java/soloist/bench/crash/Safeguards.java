package soloist.bench.crash;

import java.util.List;
import soloist.lane.RedoUse;

/**
 * Which safeguards a server of ours runs with.
 *
 * @param hold whether doubtful messages wait for a person
 * @param marks whether a durable mark goes before each send
 */
public record Safeguards(RedoUse redo, boolean hold, boolean marks) {
  public static final Safeguards ALL = new Safeguards(RedoUse.WRITTEN_AND_REDONE, false, true);

  public Safeguards holding() {
    return new Safeguards(redo, true, marks);
  }

  public Safeguards with(RedoUse other) {
    return new Safeguards(other, hold, marks);
  }

  public Safeguards withoutMarks() {
    return new Safeguards(redo, hold, false);
  }

  List<String> arguments() {
    return List.of("redo=" + redo, "hold=" + hold, "marks=" + marks);
  }
}
