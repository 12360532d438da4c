package soloist.profiler.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Facts;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.spi.Profiler.StandingSegment;
import soloist.spi.Table;
import soloist.testkit.ProfilerContract;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** The segments of a model as the platform reads and judges them. */
class LeavesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void holdAsManyAsTheySayOfWhomItHappenedAsOften() throws Exception {
    Table table = Shop.of(800, 4);
    Table.Events orders = (Table.Events) table.columns().getFirst();
    var profiler = Shop.profiler(Map.of());
    List<StandingSegment> segments =
        profiler.segments(profiler.fit(table, ProfilerContract.run(1)));
    var histories = new Histories(table, PredictSettings.of(Shop.settings(Map.of())));
    long then = histories.daysAgo(60);

    assertEquals("churn-likely", segments.getFirst().id());
    assertTrue(segments.size() >= 2, "no leaf became a segment");
    for (StandingSegment segment : segments.subList(1, segments.size())) {
      Condition condition = read(segment).condition();
      int in = 0;
      int left = 0;
      for (int row : histories.learntFrom(then)) {
        if (Conditions.test(condition, new Customer(orders, row, then))) {
          in++;
          left += histories.happened(row, then) ? 1 : 0;
        }
      }
      String said = segment.description().en();
      int people = Integer.parseInt(said.replaceAll(".*Of (\\d+) such.*", "$1"));
      int percent = Integer.parseInt(said.replaceAll(".*customers (\\d+) %.*", "$1"));
      // Days are cut to whole ones in the condition.
      assertEquals(people, in, 0.05 * people + 2, said);
      assertEquals(percent, 100.0 * left / in, 5, said);
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

  /** A customer of the made-up shop as the platform knew him then. */
  private record Customer(Table.Events orders, int row, long then) implements Facts {
    private List<Instant> times() {
      return LongStream.of(orders.times())
          .skip(orders.first()[row])
          .limit(orders.first()[row + 1] - orders.first()[row])
          .filter(time -> time <= then)
          .mapToObj(Instant::ofEpochMilli)
          .sorted(Comparator.reverseOrder())
          .toList();
    }

    @Override
    public Instant now() {
      return Instant.ofEpochMilli(then);
    }

    @Override
    public Instant causedAt() {
      return now();
    }

    @Override
    public Optional<Object> trait(String key) {
      return switch (key) {
        case "orders" -> Optional.of(BigDecimal.valueOf(times().size()));
        case "last_order" -> Optional.of(times().getFirst());
        default -> Optional.empty();
      };
    }

    @Override
    public List<Instant> latest(Condition.Did condition) {
      return times().stream().limit(condition.atLeast()).toList();
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
