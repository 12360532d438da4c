package soloist;

import java.util.List;
import java.util.Map;
import soloist.store.Definitions;

/** Segments and campaigns in two versions that ask for orders, visits, answers and time. */
final class SampleDefinitions {
  private SampleDefinitions() {}

  /** What a version publishes, as kind:id, in the order in which it must count. */
  static List<String> of(int version) {
    return version == 1
        ? List.of(
            "template:thanks",
            "segment:recent-buyers",
            "segment:regulars",
            "campaign:thanks",
            "campaign:miss-you",
            "campaign:visit")
        : List.of("segment:regulars", "campaign:thanks");
  }

  static void save(Definitions definitions) {
    definitions.save("template", "thanks", 1, Map.of());
    definitions.save(
        "segment", "recent-buyers", 1, segment("recent-buyers", 1, did("order", 1, "P30D")));
    definitions.save("segment", "regulars", 1, segment("regulars", 1, did("order", 3, "P60D")));
    definitions.save("segment", "regulars", 2, segment("regulars", 2, did("order", 2, "P20D")));
    definitions.save("campaign", "thanks", 1, thanks(1, "P3D"));
    definitions.save("campaign", "thanks", 2, thanks(2, "P2D"));
    definitions.save(
        "campaign",
        "miss-you",
        1,
        campaign(
            "miss-you",
            1,
            Map.of("segmentLeft", "recent-buyers"),
            Map.of(
                "any", List.of(Map.of("not", did("visit", 2, "P10D")), visited("p1", 1, "P40D"))),
            Map.of("after", "P5D"),
            List.of(send("letter", Map.of("all", List.of())))));
    definitions.save(
        "campaign",
        "visit",
        1,
        campaign(
            "visit",
            1,
            Map.of("eventHappened", "visit"),
            Map.of("inSegment", "regulars"),
            Map.of("after", "P1D"),
            List.of(
                Map.of("wait", "breath", "time", "PT12H"),
                send("offer", Map.of("inSegment", "recent-buyers")))));
  }

  private static Map<String, Object> thanks(int version, String wait) {
    return campaign(
        "thanks",
        version,
        Map.of("segmentEntered", "recent-buyers"),
        Map.of("all", List.of()),
        Map.of("after", "P30D"),
        List.of(
            send("thanks", Map.of("all", List.of())),
            Map.of("wait", "pause", "time", wait),
            send(
                "reminder",
                Map.of("not", Map.of("responded", "email.clicked", "step", "thanks")))));
  }

  private static Map<String, Object> segment(
      String id, int version, Map<String, Object> condition) {
    return Map.of("id", id, "version", version, "name", name(id), "condition", condition);
  }

  private static Map<String, Object> campaign(
      String id,
      int version,
      Map<String, Object> trigger,
      Map<String, Object> audience,
      Map<String, Object> reEntry,
      List<Map<String, Object>> steps) {
    return Map.of(
        "id",
        id,
        "version",
        version,
        "name",
        name(id),
        "purpose",
        "marketing",
        "trigger",
        trigger,
        "audience",
        audience,
        "freshness",
        "P3D",
        "reEntry",
        reEntry,
        "steps",
        steps);
  }

  private static Map<String, Object> send(String id, Map<String, Object> onlyIf) {
    return Map.of("send", id, "channel", "email", "template", "thanks", "onlyIf", onlyIf);
  }

  static Map<String, Object> did(String event, int atLeast, String within) {
    return Map.of("did", event, "atLeast", atLeast, "within", within);
  }

  static Map<String, Object> visited(String page, int atLeast, String within) {
    return Map.of(
        "did",
        "visit",
        "where",
        Map.of("property", "page", "match", "is", "value", page),
        "atLeast",
        atLeast,
        "within",
        within);
  }

  private static Map<String, String> name(String id) {
    return Map.of("en", id, "zh-CN", id);
  }
}
