package soloist.campaign;

import java.util.Date;
import java.util.Objects;
import org.bson.Document;
import soloist.profile.ProfileFacts;
import soloist.rules.campaign.Trigger;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.VerdictDocuments;
import soloist.rules.judge.Cause;
import soloist.store.Values;

/** Why something was decided, as it is kept: the cause and the explained condition. */
final class Causes {
  private Causes() {}

  static Document document(Question question) {
    Document document =
        switch (question.cause()) {
          case Cause.Triggered(Trigger.SegmentEntered(String segment)) ->
              new Document("kind", "segmentEntered").append("subject", segment);
          case Cause.Triggered(Trigger.SegmentLeft(String segment)) ->
              new Document("kind", "segmentLeft").append("subject", segment);
          case Cause.Triggered(Trigger.EventHappened(String event)) ->
              new Document("kind", "event").append("subject", event);
          case Cause.Triggered(Trigger.Offered(String campaign)) ->
              new Document("kind", "offered").append("subject", campaign);
          case Cause.StepReached(_, _, String step) ->
              new Document("kind", "step").append("subject", step);
        };
    return document
        .append("event", question.event())
        .append("time", Date.from(question.facts().causedAt()));
  }

  static Document verdict(Condition condition, ProfileFacts facts) {
    return (Document)
        Objects.requireNonNull(
            Values.stored(VerdictDocuments.write(Conditions.explain(condition, facts))));
  }
}
