package soloist.profiler.value;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Facts;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.spi.Figure.Grid;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Profiler.StandingSegment;
import soloist.spi.Table;
import soloist.testkit.ProfilerContract;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** The segments as the platform reads and judges them. */
class StandingSegmentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void areReadByThePlatform() throws IOException {
    for (StandingSegment segment : StandingSegments.of(50)) {
      assertEquals(segment.id(), read(segment).id());
    }
    assertEquals(
        List.of("high-value", "loyal", "potential", "new", "prospects", "at-risk"),
        StandingSegments.of(50).stream().map(StandingSegment::id).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "high-value, 9, high-value loyal",
    "loyal, 6, loyal",
    "potential, 2, potential",
    "new, 1, new",
    "at-risk, 4, at-risk",
    "lapsed, 1, ''",
    "'', 0, prospects"
  })
  void holdWhomTheySay(String group, int orders, String segments) throws IOException {
    Map<String, Object> traits = new TreeMap<>();
    if (orders > 0) {
      traits.put("orders", BigDecimal.valueOf(orders));
      traits.put("rfm_group", group);
    }

    List<String> in = new ArrayList<>();
    for (StandingSegment segment : StandingSegments.of(50)) {
      if (Conditions.test(read(segment).condition(), new Traits(traits))) {
        in.add(segment.id());
      }
    }

    assertEquals(segments, String.join(" ", in));
  }

  @Test
  void theOwnerSaysFromWhichChanceOnSomebodyIsAtRisk() throws IOException {
    Map<String, Object> traits =
        Map.of("churn_risk", new BigDecimal("0.6"), "rfm_frequency", BigDecimal.valueOf(4));

    for (int risk : new int[] {5, 60, 61, 95}) {
      StandingSegment segment = StandingSegments.of(risk).getLast();

      assertEquals("at-risk", segment.id());
      assertEquals(
          risk <= 60, Conditions.test(read(segment).condition(), new Traits(traits)), "" + risk);
      assertEquals(true, segment.description().en().contains(" " + risk + " % "));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.7, 4, 1, true",
    "0.7, 1, 3, true",
    "0.5, 3, 3, true",
    "0.4, 5, 5, false",
    "0.9, 2, 2, false"
  })
  void whoIsAtRiskFollowsFromTheForetoldOnceThereIsOne(
      String risk, int frequency, int monetary, boolean isAtRisk) throws IOException {
    StandingSegment segment = StandingSegments.of(50).getLast();

    for (String group : List.of("at-risk", "loyal")) {
      Map<String, Object> traits =
          Map.of(
              "churn_risk",
              new BigDecimal(risk),
              "rfm_frequency",
              BigDecimal.valueOf(frequency),
              "rfm_monetary",
              BigDecimal.valueOf(monetary),
              "rfm_group",
              group);
      assertEquals(isAtRisk, Conditions.test(read(segment).condition(), new Traits(traits)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, 5, 9, HIGH_VALUE",
    "3, 4, 4, 9, HIGH_VALUE",
    "3, 4, 3, 9, LOYAL",
    "5, 5, 1, 9, LOYAL",
    "5, 2, 5, 1, NEW",
    "4, 2, 1, 1, NEW",
    "3, 2, 1, 1, POTENTIAL",
    "5, 3, 5, 2, POTENTIAL",
    "2, 3, 1, 3, AT_RISK",
    "1, 1, 3, 1, AT_RISK",
    "2, 2, 2, 1, LAPSED"
  })
  void groupsFollowFromTheScores(
      int recency, int frequency, int monetary, int orders, Group group) {
    assertEquals(group, new Scores(recency, frequency, monetary, orders).group());
  }

  @ParameterizedTest
  @CsvSource({"400, 5", "60, 3"})
  void aNumberOfTheMapOpensThePeopleWhomItCounts(int people, int scores)
      throws IOException, Refused {
    Table table = People.of(people, 3);
    Profiler profiler = People.profiler();
    Model model = profiler.fit(table, ProfilerContract.run(1));

    Grid map = (Grid) model.card().figures().getFirst();

    assertEquals(scores, map.rows().size());
    assertEquals("recency 5", map.rows().getFirst().en());
    assertEquals("频度 5", map.columns().getLast().zh());
    Collection<List<Prediction>> told =
        ProfilerContract.predictions(profiler, model, table).values();
    assertEquals(
        told.size(), map.values().stream().flatMap(List::stream).mapToDouble(it -> it).sum());
    for (int row = 0; row < scores; row++) {
      for (int column = 0; column < scores; column++) {
        Condition condition =
            SegmentDocuments.condition(
                JSON.readValue(
                    map.people().get(row).get(column),
                    new TypeReference<Map<String, Object>>() {}));
        long opened =
            told.stream()
                .map(traits -> traits.stream().collect(toMap(Prediction::key, Prediction::value)))
                .filter(traits -> Conditions.test(condition, new Traits(traits)))
                .count();
        assertEquals(map.values().get(row).get(column), opened, row + ", " + column);
      }
    }
  }

  private static Segment read(StandingSegment segment) throws IOException {
    Map<String, Object> condition =
        JSON.readValue(segment.condition(), new TypeReference<Map<String, Object>>() {});
    return SegmentDocuments.read(
        Map.of(
            "id",
            segment.id(),
            "version",
            1,
            "name",
            Map.of("en", segment.name().en(), "zh-CN", segment.name().zh()),
            "condition",
            condition));
  }

  /** Somebody of whom nothing is known but traits. */
  private record Traits(Map<String, Object> traits) implements Facts {
    @Override
    public Instant now() {
      return People.NOW;
    }

    @Override
    public Instant causedAt() {
      return People.NOW;
    }

    @Override
    public Optional<Object> trait(String key) {
      return Optional.ofNullable(traits.get(key));
    }

    @Override
    public List<Instant> latest(Condition.Did condition) {
      return List.of();
    }

    @Override
    public boolean inSegment(String segment) {
      return false;
    }

    @Override
    public boolean consented(String purpose) {
      return false;
    }

    @Override
    public boolean responded(String step, String event) {
      return false;
    }

    @Override
    public Optional<Instant> lastEntered(String campaign) {
      return Optional.empty();
    }
  }
}
