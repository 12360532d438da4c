package soloist.learning.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  private static final int PEOPLE = 20_000;

  @Test
  void oneOfFiveIsHeldOutWhateverTheIdsLookLike() {
    assertEquals(0.2, share(i -> "p" + i), 0.015);
    assertEquals(0.2, share(i -> "01HZX" + Integer.toString(i, 36)), 0.015);
    assertEquals(0.2, share(i -> new UUID(i * 7919L, i * 104_729L).toString()), 0.015);
  }

  private static double share(IntFunction<String> id) {
    return IntStream.range(0, PEOPLE).filter(i -> HeldOut.holds(id.apply(i))).count()
        / (double) PEOPLE;
  }
}
