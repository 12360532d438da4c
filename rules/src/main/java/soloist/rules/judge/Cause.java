package soloist.rules.judge;

import soloist.rules.campaign.Trigger;

/** What raised the question that a {@link Situation} asks. */
public sealed interface Cause {

  /** A trigger came true: somebody entered or left a segment, or an event happened. */
  record Triggered(Trigger by) implements Cause {}

  /** A journey of one campaign version stands before one of its steps. */
  record StepReached(String campaign, int version, String step) implements Cause {}

  /** The same for equal causes; rules are found by it. */
  default String key() {
    return switch (this) {
      case Triggered(Trigger.SegmentEntered(String segment)) -> "entered:" + segment;
      case Triggered(Trigger.SegmentLeft(String segment)) -> "left:" + segment;
      case Triggered(Trigger.EventHappened(String event)) -> "event:" + event;
      case Triggered(Trigger.Offered(String campaign)) -> "offered:" + campaign;
      case StepReached(String campaign, int version, String step) ->
          "step:" + campaign + "@" + version + "/" + step;
    };
  }
}
