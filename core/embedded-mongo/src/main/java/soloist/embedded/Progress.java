package soloist.embedded;

/** Hears how far a long piece of work has got, on the thread that does it, and may end it. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing and lets the work run to its end. */
  Progress SILENT = (what, done, total) -> true;

  /**
   * So far.
   *
   * @param what the collection at hand
   * @param done documents done, of all collections
   * @param total documents there are to do
   * @return false to end the work, which then throws {@link
   *     java.util.concurrent.CancellationException}
   */
  boolean at(String what, long done, long total);
}
