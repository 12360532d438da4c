package soloist.bus;

/**
 * Every address of the bus, in the order in which an event meets them. Wake-ups, never the only
 * copy.
 */
public final class Topics {

  /** The journal has grown; the lane of the partition pulls. */
  public static final Topic<RowsAppended> ROWS_APPENDED =
      new Topic<>("rows.appended", RowsAppended.class);

  /** A second has passed; lanes look for due profiles, delivery for due messages. */
  public static final Topic<SecondPassed> SECOND_PASSED =
      new Topic<>("second.passed", SecondPassed.class);

  /** A batch is committed; portraits of these people are new. */
  public static final Topic<ProfilesChanged> PROFILES_CHANGED =
      new Topic<>("profiles.changed", ProfilesChanged.class);

  /** A batch has put rows into the outbox; delivery claims. */
  public static final Topic<MessagesQueued> MESSAGES_QUEUED =
      new Topic<>("messages.queued", MessagesQueued.class);

  /** A message has reached an end state, or will be tried again later. */
  public static final Topic<MessageSettled> MESSAGE_SETTLED =
      new Topic<>("message.settled", MessageSettled.class);

  private Topics() {}

  public record RowsAppended(int partition, long upTo) {}

  public record SecondPassed() {}

  public record ProfilesChanged(int partition, int count) {}

  public record MessagesQueued(int partition, int count) {}

  public record MessageSettled(String id, String state) {}
}
