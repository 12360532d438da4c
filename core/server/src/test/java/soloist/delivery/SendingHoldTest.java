package soloist.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

class SendingHoldTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final TestStore server = new TestStore();
  private final Store store = server.open("hold");
  private final ManualClock clock = new ManualClock(NOW);
  private final AtomicReference<Duration> ran = new AtomicReference<>(Duration.ofDays(3));

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PT2H, true",
    "PT-2H, true",
    "P3652D, true",
    "PT6M, true",
    "PT-6M, true",
    "PT4M, false",
    "PT-4M, false",
    "PT-1S, false",
    "PT0S, false"
  })
  void aClockThatIsSetByMoreThanFiveMinutesHoldsEverythingBack(Duration leap, boolean holds) {
    SendingHold hold = hold(true);
    pass(Duration.ofMinutes(10));
    assertEquals(Optional.empty(), hold.held());

    clock.advance(leap);
    pass(Duration.ofSeconds(1));

    assertEquals(
        holds ? Optional.of(SendingHold.Reason.CLOCK_SET) : Optional.empty(),
        hold.held().map(SendingHold.Held::reason));
    if (holds) {
      assertEquals(
          NOW.plus(Duration.ofMinutes(10)).plusSeconds(1), hold.held().orElseThrow().from());
      hold.release();
      pass(Duration.ofMinutes(1));
      assertEquals(Optional.empty(), hold.held());
    }
  }

  @Test
  void aClockThatStandsStillOrGoesBackASecondAtATimeIsNoticedWithinAnHour() {
    for (Duration step : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
      SendingHold hold = hold(true);
      int seconds = 0;
      while (hold.held().isEmpty() && seconds < 3_600) {
        ran.updateAndGet(it -> it.plusSeconds(1));
        clock.advance(step);
        seconds++;
      }

      assertTrue(hold.held().isPresent(), "after an hour nothing was noticed");
      hold.release();
    }
  }

  @Test
  void aClockThatIsASecondFastEachHourIsRight() {
    SendingHold hold = hold(true);
    for (int hours = 0; hours < 24 * 30; hours++) {
      pass(Duration.ofMinutes(61));
      clock.advance(Duration.ofSeconds(1));
      assertEquals(Optional.empty(), hold.held());
    }
  }

  @Test
  void aMachineThatSleptIsNotTakenForOneWhoseClockWasSet() {
    SendingHold hold = hold(false);

    clock.advance(Duration.ofHours(9));

    assertEquals(Optional.empty(), hold.held());
    clock.advance(Duration.ofMinutes(-6));
    assertTrue(hold.held().isPresent(), "it was set back");
  }

  private SendingHold hold(boolean asleep) {
    return new SendingHold(
        store, clock, new Uptime(ran::get, asleep), Duration.ofDays(1), Optional.empty());
  }

  private void pass(Duration time) {
    clock.advance(time);
    ran.updateAndGet(it -> it.plus(time));
  }
}
