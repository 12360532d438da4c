package soloist.rules.campaign;

/** What starts a campaign. */
public sealed interface Trigger {

  record SegmentEntered(String segment) implements Trigger {}

  record SegmentLeft(String segment) implements Trigger {}

  record EventHappened(String event) implements Trigger {}

  /**
   * The owner offers the campaign to the person: how a broadcast reaches people, and how any other
   * campaign reaches those whom its own trigger has passed by.
   */
  record Offered(String campaign) implements Trigger {}
}
