package soloist.spi;

import java.io.IOException;
import org.pf4j.ExtensionPoint;

/**
 * Brings data in from one source. The platform creates one object for each run of an instance that
 * the owner has configured, calls {@link #open} once and then the others, one call at a time, on a
 * thread of its own that may block. What is pulled is checked and journalled by the platform: a
 * connector only reads.
 */
public interface Connector extends ExtensionPoint, AutoCloseable {

  /**
   * Takes the settings of this instance; reads nothing yet. A connector of files finds the path of
   * the upload under {@code file}.
   *
   * @throws IllegalArgumentException when a value cannot work; the message says which key and how
   *     to mend it
   */
  void open(Settings settings);

  /**
   * Looks at the source: what was detected, which fields there are, what they seem to mean. Reads
   * no more than it needs for that, within a minute.
   *
   * @throws Unreadable when nothing can be read here; the reason is shown as it is
   * @throws IOException when the source fails; may be tried again
   */
  Survey survey() throws IOException;

  /**
   * Reads everything after a cursor and hands it on in order, until the source ends or the sink has
   * enough. The same cursor over the same source gives the same rest.
   *
   * @param mapping what each field means; from {@link Survey#guess} as the owner has corrected it
   * @param cursor where an earlier run was, as it was given to the sink; empty for the beginning
   * @throws Unreadable when it cannot go on; what was handed over before stands
   * @throws IOException when the source fails; the run may be resumed from the last cursor
   */
  void pull(Mapping mapping, String cursor, Sink sink) throws IOException;

  /** Gives back what it holds. Called once. */
  @Override
  default void close() {}

  /** Takes what a connector has read. */
  interface Sink {

    /**
     * Takes one record.
     *
     * @param cursor goes on right after this record, at most 1,000 characters
     * @return false when the run was cancelled: return soon, hand over nothing more
     */
    boolean accept(Fetched record, String cursor);

    /**
     * Tells how far it is; call it at least every few seconds, also while nothing is handed over.
     *
     * @param done of {@code total}, in any unit such as bytes
     * @param total 0 when not known
     * @return false when the run was cancelled
     */
    boolean progress(long done, long total);
  }

  /** The source cannot be read, and reading again will not help. */
  final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Text reason;

    public Unreadable(Text reason) {
      super(reason.en());
      this.reason = reason;
    }

    /** What is wrong, where, and how to mend it. */
    public Text reason() {
      return reason;
    }
  }
}
