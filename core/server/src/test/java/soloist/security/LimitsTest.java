package soloist.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.http.Problem;
import soloist.testkit.ManualClock;

class LimitsTest {
  private static final Limits.Limit FIVE = new Limits.Limit("five", 5, Duration.ofMinutes(15));

  private final ManualClock clock = new ManualClock();
  private final Limits limits = new Limits(clock);

  @Test
  void theSixthIsToldWhenToComeBackAndThenLetIn() {
    take(5);

    Problem refused = assertThrows(Problem.class, () -> limits.take(FIVE, "ada"));

    assertEquals(429, refused.status());
    assertEquals("180", refused.headers().get("Retry-After"));
    clock.advance(Duration.ofSeconds(179));
    assertThrows(Problem.class, () -> limits.take(FIVE, "ada"));
    clock.advance(Duration.ofSeconds(1));
    assertDoesNotThrow(() -> limits.take(FIVE, "ada"));
  }

  @Test
  void oneKeyDoesNotUseUpAnother() {
    take(5);

    assertDoesNotThrow(() -> limits.take(FIVE, "bea"));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainButNoMoreThanThereWas() {
    for (int i = 0; i < 50; i++) {
      limits.take(FIVE, "ada");
      limits.giveBack(FIVE, "ada");
    }
    limits.giveBack(FIVE, "ada");

    take(5);

    assertThrows(Problem.class, () -> limits.take(FIVE, "ada"));
  }

  @Test
  void aClockThatIsSetBackGivesNothing() {
    take(5);
    clock.advance(Duration.ofHours(-2));

    assertThrows(Problem.class, () -> limits.take(FIVE, "ada"));
  }

  @Test
  void aFloodOfKeysIsForgottenFromTheOldestOn() {
    Limits few = new Limits(clock, 100);
    for (int i = 0; i < 5; i++) {
      few.take(FIVE, "ada");
    }
    for (int i = 0; i < 10_000; i++) {
      few.take(FIVE, "stranger " + i);
      assertTrue(few.keys() <= 100);
      int at = i;
      assertThrows(Problem.class, () -> few.take(FIVE, "ada"), "after stranger " + at);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113",
    "2001:db8:1:2:3:4:5:6, 20010db800010002",
    "2001:db8:1:2::1, 20010db800010002",
    "nonsense, nonsense"
  })
  void neighboursShareALimit(String address, String network) {
    assertEquals(network, Limits.network(address));
  }

  private void take(int times) {
    for (int i = 0; i < times; i++) {
      limits.take(FIVE, "ada");
    }
  }
}
