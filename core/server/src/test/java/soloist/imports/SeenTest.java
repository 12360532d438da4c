package soloist.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenTest {
  @Test
  void everythingIsNewOnce() {
    Random random = new Random(1);
    Set<String> oracle = new HashSet<>();
    Seen seen = new Seen();

    for (int i = 0; i < 20_000; i++) {
      String name = "email:p" + random.nextInt(8_000) + "@example.com";

      assertEquals(oracle.add(name), seen.add(name), name);
    }
  }
}
