package soloist.profiler.predict;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.data.Vocabulary;
import soloist.spi.Text;

/** The facts behind a chance, in words. */
final class Reasons {
  private static final int MOST = 3;

  private final PredictSettings settings;
  private final List<Text> names;
  private final double share;

  Reasons(PredictSettings settings, List<Text> names, double share) {
    this.settings = settings;
    this.names = names;
    this.share = share;
  }

  /**
   * @param moved by how much each fact moved the chance
   */
  Text of(double[] facts, double[] moved) {
    List<String> en = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    IntStream.range(0, facts.length)
        .filter(i -> Math.abs(moved[i]) >= 0.005)
        .boxed()
        .sorted((i, j) -> Double.compare(Math.abs(moved[j]), Math.abs(moved[i])))
        .limit(MOST)
        .forEach(
            i -> {
              Text name = names.get(i);
              String points = (moved[i] < 0 ? "−" : "+") + Math.round(100 * Math.abs(moved[i]));
              en.add(name.en() + " " + figure(facts[i]) + " (" + points + ")");
              zh.add(name.zh() + " " + figure(facts[i]) + "（" + points + "）");
            });
    long all = Math.round(100 * share);
    return new Text(
        settings.goal().happens().en()
            + " within "
            + settings.days()
            + " days; of all customers "
            + all
            + " %; "
            + (en.isEmpty()
                ? "nothing sets them apart"
                : "percentage points by " + String.join(", ", en)),
        settings.days()
            + " 天内"
            + settings.goal().happens().zh()
            + "；全部客户为 "
            + all
            + " %；"
            + (zh.isEmpty() ? "与其他客户无明显差别" : "影响（百分点）：" + String.join("，", zh)));
  }

  /** What each fact is called, in the order of {@link Histories#facts}. */
  static List<Text> names(PredictSettings settings, Vocabulary vocabulary) {
    List<Text> names = new ArrayList<>();
    for (Fact fact : Fact.values()) {
      names.add(fact.words());
    }
    settings.facts().forEach(key -> names.add(new Text(key, key)));
    for (Vocabulary.Column word : vocabulary.words()) {
      names.add(
          new Text(
              "“" + word.word() + "” in " + word.key(), word.key() + "中的“" + word.word() + "”"));
    }
    return List.copyOf(names);
  }

  static String figure(double value) {
    return Double.isNaN(value)
        ? "?"
        : BigDecimal.valueOf(value)
            .setScale(value < 1 ? 2 : value < 10 ? 1 : 0, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }
}
