package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Matrix;

class NearestTest {

  @Test
  void vectorsFindTheSameToTheLastBit() {
    long seed = Points.seed();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int columns = 1 + random.nextInt(20);
      int groups = 1 + random.nextInt(10);
      Matrix rows = Points.random(50, columns, random);
      Matrix centres = rows.rows(random.ints(groups, 0, 50).toArray());
      var scalar = new ScalarNearest(rows.values(), columns, centres.values(), groups);
      var vector = new VectorNearest(rows.values(), columns, centres.values(), groups);
      int count = 1 + random.nextInt(Nearest.BLOCK);
      int[] chosen = random.ints(count, 0, 50).toArray();

      scalar.find(chosen, count);
      vector.find(chosen, count);

      for (int each : IntStream.range(0, count).toArray()) {
        String where = "seed " + seed + " round " + round + " row " + each;
        assertEquals(scalar.group[each], vector.group[each], where);
        assertEquals(scalar.least[each], vector.least[each], where);
        assertEquals(scalar.next[each], vector.next[each], where);
      }
    }
  }

  @Test
  void vectorsAreTakenWhereThereAreSome() {
    assertInstanceOf(VectorNearest.class, Nearest.in(new double[1], 1, new double[1], 1));
  }
}
