package soloist.lane;

/**
 * The named points between the writes of a commit, for tests that end the process at one of them.
 */
public enum CommitPoint {
  JUDGED,
  REDO_WRITTEN,
  OUTBOX_WRITTEN,
  DECISIONS_WRITTEN,
  PROFILES_WRITTEN,
  /** Passed by commits only in which somebody came into a segment or left one. */
  CROSSINGS_COUNTED,
  /** Passed by commits only by which an identifier leads to somebody else. */
  IDENTIFIERS_LED,
  /** Passed by commits only from which rows for others follow. */
  ROWS_JOURNALLED,
  CURSOR_WRITTEN;

  /** Told on the lane's thread each time a point is passed. */
  @FunctionalInterface
  public interface Observer {
    Observer NONE = (_, _) -> {};

    void passed(CommitPoint point, int partition);
  }
}
