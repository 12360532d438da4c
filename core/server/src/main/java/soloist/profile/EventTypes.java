package soloist.profile;

/**
 * The event types that mean something to the platform itself; every other type is kept and can be
 * asked for.
 */
public final class EventTypes {
  /** Properties: {@code total}, {@code currency} (ISO 4217), {@code orderId}, {@code lines}. */
  public static final String ORDER = "order";

  /** Properties: {@code purpose}, {@code granted}, {@code source}. */
  public static final String CONSENT = "consent";

  /** Facts that somebody told: each property becomes a trait. */
  public static final String TRAITS = "traits";

  /**
   * Properties of these: {@code message}, {@code campaign}, {@code step}, {@code entry}; a click
   * has {@code url}.
   */
  public static final String OPENED = "email.opened";

  public static final String CLICKED = "email.clicked";

  /** As an answer to a message, with {@code purpose} beside its properties. */
  public static final String UNSUBSCRIBED = "unsubscribed";

  /**
   * What an import had told before, told by somebody else. Properties: {@code type} and {@code
   * properties} of the event, and {@code behind}, the imports that must be undone for it to count.
   */
  public static final String RETOLD = "profile.retold";

  private EventTypes() {}
}
