package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTest {
  @Test
  void standsStillUntilItIsMoved() {
    var clock = new ManualClock(Instant.EPOCH);
    var elsewhere = clock.withZone(ZoneId.of("Asia/Shanghai"));

    clock.advance(Duration.ofHours(2));
    assertEquals(Instant.EPOCH.plusSeconds(7_200), clock.instant());
    assertEquals(clock.instant(), elsewhere.instant());

    clock.set(Instant.EPOCH);
    assertEquals(Instant.EPOCH, elsewhere.instant());
  }

  @Test
  void goesOnAsSoonAsTheConditionHolds() {
    var asked = new AtomicInteger();

    Eventually.until(Duration.ofSeconds(10), "three", () -> asked.incrementAndGet() == 3);

    assertEquals(3, asked.get());
  }

  @Test
  void saysWhatItWaitedForInVain() {
    var failure =
        assertThrows(
            AssertionError.class,
            () -> Eventually.until(Duration.ofMillis(20), "the moon", () -> false));

    assertTrue(failure.getMessage().endsWith("in vain for the moon"));
  }
}
