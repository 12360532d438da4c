package soloist.rules.campaign;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.rules.condition.Condition;
import soloist.rules.condition.ConditionDocuments;
import soloist.rules.document.Fields;
import soloist.rules.document.InvalidDocument;

/** Campaigns as neutral documents; the recipes that ship are examples of the form. */
public final class CampaignDocuments {

  /** Sends to everybody who comes to the step; such a step is written without {@code onlyIf}. */
  private static final Condition ALWAYS = new Condition.All(List.of());

  private CampaignDocuments() {}

  /**
   * @throws InvalidDocument for anything but a well-formed campaign
   */
  public static Campaign read(Map<String, Object> document) {
    Fields fields = Fields.of(document, "");
    fields.only(
        "id", "version", "name", "purpose", "trigger", "audience", "freshness", "reEntry", "steps");
    return new Campaign(
        fields.id("id"),
        fields.integer("version", 1, Integer.MAX_VALUE),
        fields.name("name"),
        fields.text("purpose"),
        trigger(fields.fields("trigger")),
        ConditionDocuments.read(fields.fields("audience")),
        fields.duration("freshness"),
        reEntry(fields),
        steps(fields));
  }

  public static Map<String, Object> write(Campaign campaign) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", campaign.id());
    document.put("version", campaign.version());
    document.put("name", campaign.name());
    document.put("purpose", campaign.purpose());
    document.put("trigger", written(campaign.trigger()));
    document.put("audience", ConditionDocuments.write(campaign.audience()));
    document.put("freshness", Fields.written(campaign.freshness()));
    document.put("reEntry", written(campaign.reEntry()));
    document.put("steps", campaign.steps().stream().map(CampaignDocuments::written).toList());
    return document;
  }

  private static Trigger trigger(Fields fields) {
    if (fields.has("segmentEntered")) {
      fields.only("segmentEntered");
      return new Trigger.SegmentEntered(fields.text("segmentEntered"));
    }
    if (fields.has("segmentLeft")) {
      fields.only("segmentLeft");
      return new Trigger.SegmentLeft(fields.text("segmentLeft"));
    }
    if (fields.has("eventHappened")) {
      fields.only("eventHappened");
      return new Trigger.EventHappened(fields.text("eventHappened"));
    }
    if (fields.has("offered")) {
      fields.only("offered");
      return new Trigger.Offered(fields.id("offered"));
    }
    throw new InvalidDocument(
        fields.pointer(),
        "is no known kind of trigger",
        "name it by one of segmentEntered, segmentLeft, eventHappened, offered");
  }

  private static Map<String, Object> written(Trigger trigger) {
    return switch (trigger) {
      case Trigger.SegmentEntered(String segment) -> Map.of("segmentEntered", segment);
      case Trigger.SegmentLeft(String segment) -> Map.of("segmentLeft", segment);
      case Trigger.EventHappened(String event) -> Map.of("eventHappened", event);
      case Trigger.Offered(String campaign) -> Map.of("offered", campaign);
    };
  }

  private static ReEntry reEntry(Fields campaign) {
    Fields fields = campaign.fields("reEntry");
    fields.only("after", "once");
    if (fields.has("after") && !fields.has("once")) {
      return new ReEntry.After(fields.duration("after"));
    }
    if (fields.has("once") && !fields.has("after") && fields.truth("once")) {
      return new ReEntry.Once();
    }
    throw new InvalidDocument(
        fields.pointer(),
        "does not say whether people may enter again",
        "write {\"once\": true} or {\"after\": \"P30D\"}");
  }

  private static Map<String, Object> written(ReEntry reEntry) {
    return switch (reEntry) {
      case ReEntry.Once() -> Map.of("once", true);
      case ReEntry.After after -> Map.of("after", Fields.written(after.time()));
    };
  }

  private static List<Step> steps(Fields campaign) {
    List<Step> steps = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields fields : campaign.list("steps")) {
      Step step = step(fields);
      if (!ids.add(step.id())) {
        throw new InvalidDocument(
            fields.pointer(),
            "has the id '" + step.id() + "' of an earlier step",
            "choose another");
      }
      steps.add(step);
    }
    if (steps.isEmpty()) {
      throw new InvalidDocument(
          campaign.at("steps"), "is empty", "add what the campaign does, such as a send");
    }
    return steps;
  }

  private static Step step(Fields fields) {
    if (fields.has("send")) {
      fields.only("send", "channel", "template", "onlyIf");
      return new Step.Send(
          fields.id("send"),
          fields.text("channel"),
          fields.text("template"),
          fields.has("onlyIf") ? ConditionDocuments.read(fields.fields("onlyIf")) : ALWAYS);
    }
    if (fields.has("wait")) {
      fields.only("wait", "time");
      return new Step.Wait(fields.id("wait"), fields.duration("time"));
    }
    throw new InvalidDocument(
        fields.pointer(), "is no known kind of step", "name it by one of send, wait");
  }

  private static Map<String, Object> written(Step step) {
    Map<String, Object> document = new LinkedHashMap<>();
    switch (step) {
      case Step.Send send -> {
        document.put("send", send.id());
        document.put("channel", send.channel());
        document.put("template", send.template());
        if (!send.onlyIf().equals(ALWAYS)) {
          document.put("onlyIf", ConditionDocuments.write(send.onlyIf()));
        }
      }
      case Step.Wait wait -> {
        document.put("wait", wait.id());
        document.put("time", Fields.written(wait.time()));
      }
    }
    return document;
  }
}
