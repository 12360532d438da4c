package soloist.profiler.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import soloist.spi.Profiler;
import soloist.spi.Table;
import soloist.testkit.ProfilerContract;

class ManyPeopleTest {

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "a million people are scored with -Dsoloist.slow=true")
  void scoresAMillionPeopleInSecondsHoldingNoneOfThem() throws Exception {
    Table table = People.of(1_000_000, 5);
    Profiler profiler = People.profiler();
    var memory = ManagementFactory.getMemoryMXBean();
    int[] people = new int[1];
    long[] most = new long[1];
    System.gc();
    long before = memory.getHeapMemoryUsage().getUsed();
    long start = System.nanoTime();

    Profiler.Model model = profiler.fit(table, ProfilerContract.run(1));
    long fitted = System.nanoTime();
    profiler.predict(
        model,
        table,
        ProfilerContract.run(1),
        (row, _) -> {
          people[0]++;
          if (row % 250_000 == 0) {
            System.gc();
            most[0] = Math.max(most[0], memory.getHeapMemoryUsage().getUsed() - before);
          }
        });
    long end = System.nanoTime();

    System.out.println(
        "a million people: fit "
            + (fitted - start) / 1_000_000
            + " ms, predict "
            + (end - fitted) / 1_000_000
            + " ms, held "
            + (most[0] >> 10)
            + " KiB, model "
            + model.bytes().length
            + " bytes");
    assertEquals(900_000, people[0]);
    assertTrue(end - start < 60_000_000_000L, (end - start) / 1_000_000 + " ms");
    assertTrue(most[0] < 4 << 20, most[0] + " bytes");
  }
}
