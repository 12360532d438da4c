package soloist.profiler.basket;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.basket.Baskets;
import soloist.learning.basket.Rule;
import soloist.learning.measure.Interval;
import soloist.spi.Profiler.Better;
import soloist.spi.Profiler.Measure;
import soloist.spi.Text;

/**
 * How good rules are on baskets that they have not seen: those of the oldest 80 % guess one product
 * that was taken out of each of the newest 20 %. The baseline guesses what is bought most.
 *
 * @param asked in how many baskets something was to be guessed
 * @param said in how many of them a rule said something
 * @param right how often it was right
 * @param plain how often, in the baskets in which a rule said something, the most bought was right
 * @param plainOfAll how often the most bought was right in all of them
 */
record Trial(int asked, int said, int right, int plain, int plainOfAll) {
  private static final double LEARNT = 0.8;

  static Trial of(Baskets baskets, BasketSettings settings, long seed) {
    int cut = (int) (LEARNT * baskets.count());
    List<int[]> all = IntStream.range(0, baskets.count()).mapToObj(baskets::basket).toList();
    Baskets seen = Baskets.of(baskets.names(), all.subList(0, cut));
    var advisor = new Advisor(Mined.of(seen, settings).rules());
    int[] counts = seen.counts();
    int[] popular =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt(item -> -counts[item]))
            .mapToInt(Integer::intValue)
            .toArray();
    var random = new Random(seed);
    int asked = 0;
    int said = 0;
    int right = 0;
    int plain = 0;
    int plainOfAll = 0;
    for (int[] basket : all.subList(cut, all.size())) {
      if (basket.length > 1) {
        int hidden = basket[random.nextInt(basket.length)];
        int[] rest = IntStream.of(basket).filter(item -> item != hidden).toArray();
        int usual = first(popular, rest) == hidden ? 1 : 0;
        Optional<Rule> rule = advisor.best(rest);
        asked++;
        plainOfAll += usual;
        if (rule.isPresent()) {
          said++;
          plain += usual;
          right += rule.get().to() == hidden ? 1 : 0;
        }
      }
    }
    return new Trial(asked, said, right, plain, plainOfAll);
  }

  private static int first(int[] popular, int[] has) {
    return IntStream.of(popular)
        .filter(item -> IntStream.of(has).noneMatch(each -> each == item))
        .findFirst()
        .orElse(-1);
  }

  List<Measure> measures() {
    return List.of(
        measure(
            new Text(
                "Accuracy: of "
                    + said
                    + " guesses for the newest 20 % of the baskets, the part that was right;"
                    + " baseline: the most bought product",
                "准确率：对最新 20 % 购物篮的 " + said + " 次推荐中命中的比例；基线：最畅销商品"),
            right,
            said,
            plain),
        measure(
            new Text(
                "Recall: of " + asked + " products taken out of those baskets, the part guessed",
                "召回率：从这些购物篮取出的 " + asked + " 件商品中被推荐命中的比例"),
            right,
            asked,
            plainOfAll));
  }

  private static Measure measure(Text name, int hits, int of, int baseline) {
    if (of == 0) {
      return new Measure(name, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    Interval interval = Interval.wilson(hits, of, 0.95);
    return new Measure(
        name,
        (double) hits / of,
        interval.low(),
        interval.high(),
        (double) baseline / of,
        Better.MORE);
  }
}
