package soloist.learning.cluster;

import java.util.Comparator;
import java.util.List;

/**
 * Which method and how many groups suit some rows, and what was tried.
 *
 * @param reach and {@code enough}: for {@link Method#DENSITY}, as {@link Density} takes them
 * @param reason why this method
 * @param tried every candidate
 * @param inertia of K-means with 1 group, 2 groups and so on, of the rows that were looked at
 * @param looked how many rows were looked at
 */
@SuppressWarnings("ArrayRecordComponent")
public record Advice(
    Method method,
    int groups,
    double reach,
    int enough,
    Reason reason,
    List<Candidate> tried,
    double[] inertia,
    int looked) {
  /** A smaller group is rather a few odd rows than a group. */
  private static final double SMALLEST = 0.02;

  public Advice {
    tried = List.copyOf(tried);
  }

  /** The best candidate of a method; a plain one where none was tried. */
  public Candidate best(Method ofMethod) {
    return best(tried, ofMethod);
  }

  static Candidate best(List<Candidate> tried, Method ofMethod) {
    return tried.stream()
        .filter(each -> each.method() == ofMethod)
        .max(
            Comparator.comparing((Candidate each) -> each.smallest() >= SMALLEST)
                .thenComparingDouble(Candidate::silhouette))
        .orElseGet(() -> new Candidate(ofMethod, 2, 0, 0, 0));
  }

  /** How groups are found. */
  public enum Method {
    K_MEANS,
    HIERARCHICAL,
    DENSITY
  }

  /** Why a method suits. */
  public enum Reason {
    /** The groups are round and of similar width. */
    EVEN,
    /** There are groups within groups. */
    LAYERED,
    /** The groups have shapes that no middle can stand for, with empty space between them. */
    UNEVEN,
    /** Joining rows tells the groups better apart than K-means does. */
    CLEARER
  }

  /**
   * One way to group the rows.
   *
   * @param silhouette how well the groups are told apart
   * @param left the part of the rows that is in no group
   * @param smallest the part of the rows that the smallest group has
   */
  public record Candidate(
      Method method, int groups, double silhouette, double left, double smallest) {}
}
