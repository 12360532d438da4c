package soloist.profiler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.spi.Profiler;
import soloist.spi.Profiler.StandingSegment;
import soloist.testkit.ProfilerContract;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

class SegmentsTest {

  @Test
  void areReadByThePlatform() throws Exception {
    Profiler profiler = People.profiler("method", "density");
    Profiler.Model model = profiler.fit(People.of(150, 1), ProfilerContract.run(1));

    for (StandingSegment each : profiler.segments(model)) {
      Map<String, Object> condition =
          new ObjectMapper().readValue(each.condition(), new TypeReference<>() {});
      Segment segment =
          SegmentDocuments.read(
              Map.of(
                  "id",
                  each.id(),
                  "version",
                  1,
                  "name",
                  Map.of("en", each.name().en(), "zh-CN", each.name().zh()),
                  "condition",
                  condition));

      assertEquals(each.id(), segment.id());
      assertEquals("cluster-" + condition.get("value"), each.id());
    }
  }
}
