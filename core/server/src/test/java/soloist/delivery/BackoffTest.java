package soloist.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void everyWaitIsItsStepGiveOrTakeAFifthAndTheSameEachTime() {
    List<Integer> minutes = List.of(15, 30, 60, 120, 240, 240, 240);
    for (int attempts = 1; attempts <= minutes.size(); attempts++) {
      Duration step = Duration.ofMinutes(minutes.get(attempts - 1));
      var seen = new java.util.HashSet<Duration>();
      for (int i = 0; i < 500; i++) {
        Duration wait = Backoff.after(attempts, "message" + i);

        assertTrue(wait.compareTo(step.multipliedBy(80).dividedBy(100)) >= 0, wait.toString());
        assertTrue(wait.compareTo(step.multipliedBy(120).dividedBy(100)) <= 0, wait.toString());
        assertEquals(wait, Backoff.after(attempts, "message" + i));
        seen.add(wait);
      }
      assertTrue(seen.size() > 30, "spread " + seen.size());
    }
  }
}
