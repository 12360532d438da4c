package soloist.lane;

/**
 * What becomes of redo records. Anything but the first is for a test that must notice the absence.
 */
public enum RedoUse {
  /** Written before anything else and finished after a crash. */
  WRITTEN_AND_REDONE,
  /** Written, but after a crash the rows are judged again. */
  WRITTEN_AND_IGNORED,
  /** Not written at all. */
  NOT_WRITTEN
}
