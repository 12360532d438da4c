package soloist.rules.campaign;

/** What starts a campaign. */
public sealed interface Trigger {

  record SegmentEntered(String segment) implements Trigger {}

  record SegmentLeft(String segment) implements Trigger {}

  record EventHappened(String event) implements Trigger {}
}
