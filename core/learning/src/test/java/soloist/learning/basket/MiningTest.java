package soloist.learning.basket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MiningTest {
  static final Baskets FIVE =
      Baskets.of(
          List.of(
              List.of("A", "B"),
              List.of("A", "C"),
              List.of("A", "D"),
              List.of("B", "C"),
              List.of("B", "D")));

  @ParameterizedTest
  @EnumSource(Mining.class)
  void countsATextbookExampleRight(Mining mining) {
    List<String> sets = mining.mine(FIVE, 1, 5, 100).stream().map(MiningTest::inWords).toList();

    // C and D never come together, and no pair comes more than once.
    assertEquals(List.of("A 3", "B 3", "C 2", "D 2", "AB 1", "AC 1", "AD 1", "BC 1", "BD 1"), sets);
    assertEquals(
        List.of("A 3", "B 3"),
        mining.mine(FIVE, 3, 5, 100).stream().map(MiningTest::inWords).toList());
  }

  @ParameterizedTest
  @EnumSource(Mining.class)
  void findsAllSetsThatThereAre(Mining mining) {
    long seed = Long.getLong("soloist.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      int items = 1 + random.nextInt(9);
      Baskets baskets = random(random, 1 + random.nextInt(60), items);
      int least = 1 + random.nextInt(6);
      int longest = 1 + random.nextInt(9);

      assertEquals(
          plainly(baskets, least, longest),
          mining.mine(baskets, least, longest, 10_000),
          "seed " + seed);
    }
  }

  @Test
  void threeWaysFindTheSameInManyBaskets() {
    long seed = Long.getLong("soloist.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Baskets baskets = random(new Random(seed), 3_000, 40);

    List<ItemSet> sets = Mining.ECLAT.mine(baskets, 30, 10, 1_000_000);

    assertEquals(sets, Mining.APRIORI.mine(baskets, 30, 10, 1_000_000), "seed " + seed);
    assertEquals(sets, Mining.FP_GROWTH.mine(baskets, 30, 10, 1_000_000), "seed " + seed);
  }

  @ParameterizedTest
  @EnumSource(Mining.class)
  void endsWhenThereAreMoreThanAnybodyCanRead(Mining mining) {
    assertEquals(9, mining.mine(FIVE, 1, 5, 9).size());
    assertThrows(Mining.TooMany.class, () -> mining.mine(FIVE, 1, 5, 8));
  }

  @ParameterizedTest
  @EnumSource(Mining.class)
  void findsNothingInNothing(Mining mining) {
    assertEquals(List.of(), mining.mine(Baskets.of(List.of()), 1, 3, 10));
    assertEquals(List.of(), mining.mine(FIVE, 4, 3, 10));
  }

  @Test
  void countsWhatComesTwiceInABasketOnce() {
    Baskets baskets = Baskets.of(List.of(List.of("x", "x", "y"), List.of("x")));

    assertEquals("[[0] 2, [1] 1, [0, 1] 1]", Mining.APRIORI.mine(baskets, 1, 2, 10).toString());
  }

  /** Baskets in which some items come often and some together. */
  private static Baskets random(Random random, int count, int items) {
    List<int[]> baskets = new ArrayList<>();
    for (int basket = 0; basket < count; basket++) {
      double part = random.nextDouble();
      baskets.add(
          IntStream.range(0, items)
              .filter(item -> random.nextDouble() < part / (1 + item / 4.0))
              .toArray());
    }
    return Baskets.of(IntStream.range(0, items).mapToObj(item -> "i" + item).toList(), baskets);
  }

  /** Every set of items, counted by itself. */
  private static List<ItemSet> plainly(Baskets baskets, int least, int longest) {
    List<ItemSet> sets = new ArrayList<>();
    for (int chosen = 1; chosen < 1 << baskets.names().size(); chosen++) {
      int set = chosen;
      int count =
          (int)
              IntStream.range(0, baskets.count())
                  .filter(
                      basket -> {
                        int holds = 0;
                        for (int item : baskets.basket(basket)) {
                          holds |= 1 << item;
                        }
                        return (holds & set) == set;
                      })
                  .count();
      if (count >= least && Integer.bitCount(set) <= longest) {
        int[] items = IntStream.range(0, 31).filter(item -> (set >> item & 1) == 1).toArray();
        sets.add(new ItemSet(items, count));
      }
    }
    return sets.stream().sorted().toList();
  }

  private static String inWords(ItemSet set) {
    var words = new StringBuilder();
    for (int item : set.items()) {
      words.append(FIVE.names().get(item));
    }
    return words.append(' ').append(set.count()).toString();
  }
}
