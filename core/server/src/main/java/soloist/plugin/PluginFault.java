package soloist.plugin;

import soloist.http.Texts;

/**
 * A plugin did not do what it was called for. It holds words only: an exception of the plugin would
 * hold its classes.
 */
public final class PluginFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;
  private final boolean called;

  /**
   * @param called whether the plugin's code was reached
   */
  PluginFault(String plugin, Reason reason, boolean called) {
    super(plugin + ": " + reason.in(Texts.ENGLISH), null, false, false);
    this.reason = reason;
    this.called = called;
  }

  /** What is wrong, in the language asked for. */
  public String in(String language) {
    return reason.in(language);
  }

  Reason reason() {
    return reason;
  }

  /** False when it is certain that nothing has happened, since the plugin was not called. */
  boolean wasCalled() {
    return called;
  }
}
