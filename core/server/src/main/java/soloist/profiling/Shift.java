package soloist.profiling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import soloist.spi.Text;

/**
 * How far people have moved in one input: the population stability index (Siddiqi, "Credit Risk
 * Scorecards", 2006), the sum over all parts of the difference of the shares times the logarithm of
 * their ratio. 0.1 and 0.25 are the usual marks, a convention that nothing proves.
 *
 * @param chance what few people reach although nothing has changed, once in a hundred times; below
 *     it the index tells of nothing (Yurdakul, "Statistical properties of population stability
 *     index", 2018: it is spread as chi-square with one degree less than there are parts, times 1/n
 *     + 1/m)
 */
record Shift(Text name, double index, double chance, Mark mark) {
  private static final double SOME = 0.1;
  private static final double MUCH = 0.25;

  /** Standard deviations below which 99 of 100 lie. */
  private static final double SELDOM = 2.3263478740408408;

  /** What is said of it. */
  enum Mark {
    NONE,
    SOME,
    MUCH;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An empty part counts as half a person: else a single one who comes would be infinitely far. */
  static Shift between(Text name, List<Integer> before, List<Integer> now) {
    double n = before.stream().mapToInt(Integer::intValue).sum();
    double m = now.stream().mapToInt(Integer::intValue).sum();
    double index = 0;
    int parts = 0;
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) + now.get(i) > 0) {
        double was = Math.max(before.get(i), 0.5) / n;
        double is = Math.max(now.get(i), 0.5) / m;
        index += (is - was) * Math.log(is / was);
        parts++;
      }
    }
    if (n == 0 || m == 0) {
      return new Shift(name, Double.NaN, Double.NaN, Mark.NONE);
    }
    double chance = parts < 2 ? 0 : (1 / n + 1 / m) * seldom(parts - 1);
    boolean isMore = index > chance;
    return new Shift(
        name,
        index,
        chance,
        isMore && index >= MUCH ? Mark.MUCH : isMore && index >= SOME ? Mark.SOME : Mark.NONE);
  }

  /** The 99th percentile of chi-square (Wilson, Hilferty, PNAS 17, 1931). */
  static double seldom(int degrees) {
    double part = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - part + SELDOM * Math.sqrt(part), 3);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", Figures.write(name));
    json.put("index", Figures.known(index));
    json.put("chance", Figures.known(chance));
    json.put("mark", mark.word());
    return json;
  }
}
