package soloist.rules.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import soloist.rules.Generator;
import soloist.rules.document.InvalidDocument;

class CampaignDocumentsTest {

  private static final int CASES = Boolean.getBoolean("soloist.slow") ? 50_000 : 3_000;

  @Test
  void readsBackEveryCampaignItWrites() {
    long seed = Generator.seed();
    System.out.println("seed " + seed);
    Generator generator = new Generator(seed);
    for (int i = 0; i < CASES; i++) {
      Campaign campaign = generator.campaign("a-1", 1 + i);
      assertEquals(
          campaign,
          CampaignDocuments.read(CampaignDocuments.write(campaign)),
          () -> "seed " + seed);
    }
  }

  static Stream<Arguments> badDocuments() {
    return Stream.of(
        Arguments.of(
            "id",
            "Thanks!",
            "/id must be an id, but is \"Thanks!\"; use 1 to 64 of a-z, 0-9 and '-'"),
        Arguments.of(
            "version",
            0,
            "/version must be a whole number from 1, but is 0; write it without quotes"),
        Arguments.of(
            "name",
            Map.of("English", "x"),
            "/name/English is not a language tag; use one like en or zh-CN"),
        Arguments.of(
            "name",
            Map.of(),
            "/name has no language; add the name in one, such as {\"en\": \"…\"}"),
        Arguments.of(
            "trigger",
            Map.of("entered", "vip"),
            "/trigger is no known kind of trigger; name it by one of segmentEntered, segmentLeft,"
                + " eventHappened, offered"),
        Arguments.of(
            "trigger",
            Map.of("segmentEntered", "vip", "segmentLeft", "vip"),
            "/trigger/segmentLeft is not known here; leave it out or use one of segmentEntered"),
        Arguments.of(
            "audience",
            Map.of("any", List.of(Map.of("did", "x"))),
            "/audience/any/0/atLeast is missing; add it"),
        Arguments.of(
            "reEntry",
            Map.of("once", false),
            "/reEntry does not say whether people may enter again; write {\"once\": true} or"
                + " {\"after\": \"P30D\"}"),
        Arguments.of(
            "steps", List.of(), "/steps is empty; add what the campaign does, such as a send"),
        Arguments.of(
            "steps",
            List.of(Map.of("pause", "x")),
            "/steps/0 is no known kind of step; name it by one of send, wait"),
        Arguments.of(
            "steps",
            List.of(wait("a", "P1D"), wait("a", "P2D")),
            "/steps/1 has the id 'a' of an earlier step; choose another"),
        Arguments.of(
            "steps",
            List.of(
                wait("a", "P1D"),
                Map.of(
                    "send",
                    "b",
                    "channel",
                    "email",
                    "template",
                    "t",
                    "onlyIf",
                    Map.of("did", 5, "atLeast", 1, "within", "P1D"))),
            "/steps/1/onlyIf/did must be a text, but is 5; write it as \"…\""),
        Arguments.of(
            "owner",
            "me",
            "/owner is not known here; leave it out or use one of id, version, name, purpose,"
                + " trigger, audience, freshness, reEntry, steps"));
  }

  @ParameterizedTest
  @MethodSource("badDocuments")
  void aBadFieldIsRefusedWithWhatWhereAndHowToMendIt(String key, Object value, String message) {
    Map<String, Object> document = new HashMap<>(good());
    document.put(key, value);

    InvalidDocument refusal =
        assertThrows(InvalidDocument.class, () -> CampaignDocuments.read(document));

    assertEquals(message, refusal.getMessage());
  }

  @Test
  void everyFieldIsNeeded() {
    for (String key : good().keySet()) {
      Map<String, Object> document = new HashMap<>(good());
      document.remove(key);

      InvalidDocument refusal =
          assertThrows(InvalidDocument.class, () -> CampaignDocuments.read(document));

      assertEquals("/" + key + " is missing; add it", refusal.getMessage());
    }
  }

  private static Map<String, Object> good() {
    return Map.of(
        "id",
        "thanks",
        "version",
        1,
        "name",
        Map.of("en", "Thanks"),
        "purpose",
        "marketing",
        "trigger",
        Map.of("segmentEntered", "recent-buyers"),
        "audience",
        Map.of("all", List.of()),
        "freshness",
        "PT24H",
        "reEntry",
        Map.of("after", "P30D"),
        "steps",
        List.of(wait("pause", "P3D")));
  }

  private static Map<String, Object> wait(String id, String time) {
    return Map.of("wait", id, "time", time);
  }
}
