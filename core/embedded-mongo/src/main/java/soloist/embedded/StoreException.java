package soloist.embedded;

/** Why the embedded store could not be opened or had to stop, in a sentence for its owner. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What kind of trouble it is. */
  public enum Kind {
    /** Another process has the directory open. */
    IN_USE,
    /** The file was written by a newer version. */
    NEWER,
    /** The file is damaged beyond what can be repaired without guessing. */
    DAMAGED,
    /** Where a store was to be made there is something already. */
    NOT_EMPTY,
    /** A restore did not get to its end. */
    UNFINISHED,
    /** The disk or the system refused. */
    FAILED
  }

  StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
