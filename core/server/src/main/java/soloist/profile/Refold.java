package soloist.profile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.lane.Part;
import soloist.lane.Row;
import soloist.lane.Work;
import soloist.rules.condition.Condition;

/**
 * One person folded anew from all rows, in any order, without those that do not count any more.
 * What a journey heard of its messages stays with the journey.
 */
public final class Refold implements Work.Refolding {
  private final Profile folded;
  private final Set<String> undone = new TreeSet<>();
  private final Map<String, Part> parts = new TreeMap<>();
  private final List<Row> rows;
  private final Collection<Condition.Did> inUse;

  /**
   * Begins.
   *
   * @param stored the person's document, null when there is none
   * @param rows that are not in the document yet; the last is the one that asks for this
   * @param inUse the event conditions for which the profile keeps instants
   */
  public Refold(@Nullable Document stored, List<Row> rows, Collection<Condition.Did> inUse) {
    this.folded = new Profile(rows.getLast().profileId());
    this.rows = rows;
    this.inUse = inUse;
    if (stored != null) {
      Profile known = ProfileDocuments.read(stored);
      undone.addAll(known.undone);
      parts.putAll(known.parts);
    }
    for (Row row : rows) {
      undone.addAll(Merging.undone(row));
      Merging.parts(parts, row);
    }
  }

  @Override
  public Collection<Part> parts() {
    return parts.values();
  }

  @Override
  public void add(Row row) {
    ProfileFold.counting(row, undone, parts)
        .ifPresent(told -> ProfileFold.fold(folded, told, inUse));
  }

  @Override
  public Document end() {
    rows.forEach(this::add);
    return ProfileDocuments.write(folded);
  }
}
