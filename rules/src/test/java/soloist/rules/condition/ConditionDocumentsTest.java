package soloist.rules.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
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

class ConditionDocumentsTest {

  private static final int CASES = Boolean.getBoolean("soloist.slow") ? 100_000 : 5_000;

  @Test
  void readsBackEveryConditionItWrites() {
    long seed = Generator.seed();
    System.out.println("seed " + seed);
    Generator generator = new Generator(seed);
    for (int i = 0; i < CASES; i++) {
      Condition condition = generator.condition(4);
      assertEquals(
          condition,
          ConditionDocuments.read(ConditionDocuments.write(condition)),
          () -> "seed " + seed);
    }
  }

  @Test
  void readsBackEverySegmentItWrites() {
    long seed = Generator.seed();
    System.out.println("seed " + seed);
    Generator generator = new Generator(seed);
    for (int i = 0; i < CASES; i++) {
      Segment segment = new Segment("s", 1 + i, Map.of("zh-CN", "组"), generator.personal(4));
      assertEquals(
          segment, SegmentDocuments.read(SegmentDocuments.write(segment)), () -> "seed " + seed);
    }
  }

  @Test
  void writesWholeDaysAsDays() {
    Map<String, Object> document = Map.of("did", "order", "atLeast", 2, "within", "P30D");

    assertEquals(document, ConditionDocuments.write(ConditionDocuments.read(document)));
  }

  @Test
  void writesWhatAnEventHasToSayAsItReadsIt() {
    Map<String, Object> document =
        where(Map.of("property", "path", "match", "startsWith", "value", "/tea"));

    assertEquals(document, ConditionDocuments.write(ConditionDocuments.read(document)));
  }

  private static Map<String, Object> where(Map<String, Object> where) {
    return Map.of("did", "page_view", "where", where, "atLeast", 1, "within", "P1D");
  }

  static Stream<Arguments> badDocuments() {
    Map<String, Object> empty = Map.of();
    return Stream.of(
        Arguments.of(
            empty,
            "the document is no known kind of condition; name it by one of all, any, not, did,"
                + " trait, recent, consented, inSegment, responded, enteredBefore, fresh"),
        Arguments.of(
            Map.of("did", "order", "atLeast", 1, "within", "P1D", "with", "x"),
            "/with is not known here; leave it out or use one of did, where, atLeast, within"),
        Arguments.of(
            where(Map.of("property", "url", "match", "like", "value", "tea")),
            "/where/match must be a match, but is \"like\"; use one of is, contains, startsWith"),
        Arguments.of(
            where(Map.of("property", "url", "match", "is", "value", "x".repeat(201))),
            "/where/value has 201 characters; shorten it to 200 or fewer"),
        Arguments.of(
            where(Map.of("property", "url", "match", "is")), "/where/value is missing; add it"),
        Arguments.of(
            Map.of("did", "order", "within", "P1D", "all", List.of()),
            "/did is not known here; leave it out or use one of all"),
        Arguments.of(Map.of("did", "order", "within", "P1D"), "/atLeast is missing; add it"),
        Arguments.of(
            Map.of("did", 7, "atLeast", 1, "within", "P1D"),
            "/did must be a text, but is 7; write it as \"…\""),
        Arguments.of(
            Map.of("did", " ", "atLeast", 1, "within", "P1D"),
            "/did must be a text, but is \" \"; write it as \"…\""),
        Arguments.of(
            Map.of("did", "order", "atLeast", 65, "within", "P1D"),
            "/atLeast must be a whole number from 1 to 64, but is 65; write it without quotes"),
        Arguments.of(
            Map.of("did", "order", "atLeast", 1.5, "within", "P1D"),
            "/atLeast must be a whole number from 1 to 64, but is 1.5; write it without quotes"),
        Arguments.of(
            Map.of("did", "order", "atLeast", "1", "within", "P1D"),
            "/atLeast must be a whole number from 1 to 64, but is \"1\"; write it without quotes"),
        Arguments.of(Map.of("fresh", "30 days"), badTime("/fresh", "\"30 days\"")),
        Arguments.of(Map.of("fresh", "PT0S"), badTime("/fresh", "\"PT0S\"")),
        Arguments.of(Map.of("fresh", "P36501D"), badTime("/fresh", "\"P36501D\"")),
        Arguments.of(Map.of("fresh", 86_400), badTime("/fresh", "86400")),
        Arguments.of(Collections.singletonMap("fresh", null), badTime("/fresh", "null")),
        Arguments.of(
            Map.of("all", List.of(Map.of("any", List.of(Map.of("inSegment", List.of()))))),
            "/all/0/any/0/inSegment must be a text, but is a list; write it as \"…\""),
        Arguments.of(
            Map.of("all", List.of("order")),
            "/all/0 must be an object, but is \"order\"; write it as {…}"),
        Arguments.of(
            Map.of("any", Map.of()), "/any must be a list, but is an object; write it as […]"),
        Arguments.of(
            Map.of("not", List.of()), "/not must be an object, but is a list; write it as {…}"),
        Arguments.of(
            trait("more", "1", "number"),
            "/comparison must be a comparison, but is \"more\"; use one of equal, less, atLeast"),
        Arguments.of(
            trait("equal", "1", "integer"),
            "/type must be the type of a trait, but is \"integer\"; use one of text, number,"
                + " boolean, instant"),
        Arguments.of(
            trait("equal", 1, "number"), "/value must be a text, but is 1; write it as \"…\""),
        Arguments.of(trait("equal", "1,5", "number"), badNumber("\"1,5\"")),
        Arguments.of(trait("equal", "1E+999999999", "number"), badNumber("\"1E+999999999\"")),
        Arguments.of(trait("equal", "1E-2147483648", "number"), badNumber("\"1E-2147483648\"")),
        Arguments.of(
            trait("equal", "true", "boolean"),
            "/value must be true or false, but is \"true\"; write it without quotes"),
        Arguments.of(
            trait("equal", "yesterday", "instant"),
            "/value must be an instant, but is \"yesterday\"; write it like"
                + " \"2026-11-01T08:00:00Z\""),
        Arguments.of(
            Map.of("a/b~c", 1, "fresh", "P1D"),
            "/a~1b~0c is not known here; leave it out or use one of fresh"),
        Arguments.of(
            nested(13),
            "/not/not/not/not/not/not/not/not/not/not/not/not lies deeper than 12 conditions; put"
                + " all parts of the same kind into one list"),
        Arguments.of(
            Map.of("all", Collections.nCopies(200, Map.of("fresh", "P1D"))),
            "/all/199 is one condition more than the 200 allowed; move some of them into a"
                + " segment"));
  }

  @ParameterizedTest
  @MethodSource("badDocuments")
  void aBadDocumentIsRefusedWithWhatWhereAndHowToMendIt(
      Map<String, Object> document, String message) {
    InvalidDocument refusal =
        assertThrows(InvalidDocument.class, () -> ConditionDocuments.read(document));

    assertEquals(message, refusal.getMessage());
  }

  @Test
  void theLargestTreesAreRead() {
    ConditionDocuments.read(nested(12));
    ConditionDocuments.read(Map.of("all", Collections.nCopies(199, Map.of("fresh", "P1D"))));
  }

  @Test
  void aLongValueIsAbridgedInTheRefusal() {
    Map<String, Object> document = Map.of("fresh", "x".repeat(1_000_000));

    InvalidDocument refusal =
        assertThrows(InvalidDocument.class, () -> ConditionDocuments.read(document));

    assertTrue(refusal.getMessage().length() < 250, refusal.getMessage());
    assertEquals("/fresh", refusal.pointer());
  }

  @Test
  void aSegmentMayNotAskForCampaigns() {
    Map<String, Object> document = new HashMap<>();
    document.put("id", "s");
    document.put("version", 1);
    document.put("name", Map.of("en", "S"));
    document.put("condition", Map.of("not", Map.of("enteredBefore", "other")));

    InvalidDocument refusal =
        assertThrows(InvalidDocument.class, () -> SegmentDocuments.read(document));

    assertEquals(
        "/condition/not/enteredBefore may not be used in a segment; use only all, any, not, did,"
            + " trait, recent, consented, inSegment, and ask the rest in a campaign",
        refusal.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Segment("s", 1, Map.of(), new Condition.Fresh(Duration.ofDays(1))));
  }

  @Test
  void aSegmentStandsAfterThoseItAsksFor() {
    Segment vip = segment("a-vip", new Condition.InSegment("z-regular"));
    Segment regular = segment("z-regular", new Condition.All(List.of()));
    Segment rest = segment("rest", new Condition.Not(new Condition.InSegment("a-vip")));

    assertEquals(List.of(regular, vip, rest), Segment.inOrder(List.of(vip, rest, regular)));
  }

  @Test
  void aCircleOfSegmentsIsPutInSomeOrderAndNotForEver() {
    Segment one = segment("one", new Condition.InSegment("two"));
    Segment two = segment("two", new Condition.InSegment("one"));

    assertEquals(2, Segment.inOrder(List.of(one, two)).size());
  }

  private static Segment segment(String id, Condition condition) {
    return new Segment(id, 1, Map.of("en", id), condition);
  }

  private static String badTime(String pointer, String shown) {
    return pointer
        + " must be a positive time, but is "
        + shown
        + "; write it like P30D for days or PT24H for hours, at most P36500D";
  }

  private static String badNumber(String shown) {
    return "/value must be a number of at most 38 digits, but is "
        + shown
        + "; write it in quotes, like \"100.00\"";
  }

  private static Map<String, Object> trait(String comparison, Object value, String type) {
    return Map.of("trait", "spent_EUR", "comparison", comparison, "value", value, "type", type);
  }

  private static Map<String, Object> nested(int depth) {
    return depth == 1 ? Map.of("inSegment", "vip") : Map.of("not", nested(depth - 1));
  }
}
