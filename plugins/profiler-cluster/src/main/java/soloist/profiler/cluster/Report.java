package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Clustering;
import soloist.learning.measure.Clustering.Pairs;
import soloist.learning.measure.Interval;
import soloist.learning.words.PreparationWords;
import soloist.profiler.cluster.Groups.Group;
import soloist.spi.Profiler.Better;
import soloist.spi.Profiler.Card;
import soloist.spi.Profiler.Measure;
import soloist.spi.Text;

/** How good the groups are, beside what chance makes of the same people. */
final class Report {
  /** Pairs of people are looked at, so more would cost the square. */
  private static final int MOST_ROWS = 1_000;

  private static final int DRAWS = 20;
  private static final double NORMAL_95 = 1.96;
  private static final double STEADY = 0.6;
  private static final double CLEAR = 0.05;
  private static final int FEW = 30;

  private final Found found;
  private final Words words;
  private final long seed;
  private final BooleanSupplier goesOn;
  private final Matrix sample;
  private final int[] of; // the groups of the sample

  Report(Found found, Words words, long seed, BooleanSupplier goesOn) {
    this.found = found;
    this.words = words;
    this.seed = seed;
    this.goesOn = goesOn;
    int[] drawn = Clustering.draw(found.scaled().rows(), MOST_ROWS, new Random(seed));
    sample = found.scaled().rows(drawn);
    of = Arrays.stream(drawn).map(row -> found.grouping().of()[row]).toArray();
  }

  /**
   * @param people how many the table has
   */
  Card card(int people) {
    int groups = found.grouping().groups();
    Pairs pairs = Clustering.pairs(sample, of, groups);
    Pairs one = Clustering.pairs(sample, new int[of.length], 1);
    Matrix shuffled = shuffled();
    Placing chance = found.way().learn(shuffled, seed, goesOn).placing();
    int[] ofShuffled = chance.place(shuffled).of();
    double plain = Clustering.pairs(shuffled, ofShuffled, chance.groups()).silhouette();
    double[] agreements = agreements();
    double agreement = Arrays.stream(agreements).average().orElse(Double.NaN);
    Interval spread = Interval.ofSorted(agreements, 0.95);
    int[] all = found.grouping().of();
    // The words for a silhouette are those of Kaufman and Rousseeuw, "Finding Groups in Data",
    // 1990.
    double error = NORMAL_95 * pairs.error();
    List<Measure> measures =
        List.of(
            measure(
                "Silhouette: how much nearer people are to their own group than to the next, -1 to"
                    + " 1; above 0.5 groups are clear, below 0.25 there are hardly any; baseline: the"
                    + " same method on shuffled traits",
                "轮廓系数：与本组相比离最近另一组远多少，-1 到 1；0.5 以上分组清晰，0.25 以下几乎没有分组；基线：将各特征打乱后用同一方法",
                pairs.silhouette(),
                pairs.silhouette() - error,
                pairs.silhouette() + error,
                plain),
            measure(
                "Agreement with groups found among people drawn anew (adjusted Rand index); 0 is"
                    + " chance, 1 the same groups",
                "与重新抽样所得分组的一致度（调整兰德指数）；0 为随机，1 为分组相同",
                agreement,
                spread.low(),
                spread.high(),
                0),
            unbounded(
                "Part of the differences between people that the groups explain; one group explains"
                    + " 0, a group for each person 1",
                "分组所解释的客户差异比例；只分一组时为 0，每人一组时为 1",
                Clustering.explained(found.scaled(), all, groups),
                0),
            unbounded(
                "Calinski-Harabasz index: how many times as much groups differ from each other as"
                    + " people within one; more is clearer; baseline: the same method on shuffled"
                    + " traits",
                "Calinski-Harabasz 指数：组间差异为组内差异的多少倍，越大越清晰；基线：将各特征打乱后用同一方法",
                Clustering.calinskiHarabasz(sample, of, groups),
                Clustering.calinskiHarabasz(shuffled, ofShuffled, chance.groups())),
            unbounded(
                "Mean distance of two people of the same group; baseline: of any two people",
                "同组两人之间的平均距离（类内）；基线：任意两人",
                pairs.within(),
                one.within()),
            unbounded(
                "Mean distance of two people of different groups; baseline: of any two people",
                "不同组两人之间的平均距离（类间）；基线：任意两人",
                pairs.between(),
                one.within()));
    return new Card(
        found.scaled().rows(),
        measures,
        limits(people, pairs.silhouette() - plain, agreement),
        method(indices(pairs, agreement)),
        new Pictures(found, words, sample, of).all());
  }

  /**
   * Which measures need to know true groups and which do not (Halkidi, Batistakis, Vazirgiannis,
   * Journal of Intelligent Information Systems 17, 2001).
   */
  private static Text indices(Pairs pairs, double agreement) {
    String within = Words.number(pairs.within());
    String between = Words.number(pairs.between());
    return new Text(
        "The mean distances within groups ("
            + within
            + ") and between them ("
            + between
            + "), the silhouette and Calinski-Harabasz are internal measures: they need nobody who"
            + " knows the true groups. An external one, such as the Rand index, compares with groups"
            + " that are known; here its adjusted form ("
            + Words.number(agreement)
            + ") compares with groups found again, since nobody knows true ones.",
        "组内平均距离（"
            + within
            + "）、组间平均距离（"
            + between
            + "）、轮廓系数和 Calinski-Harabasz 都是内部指标：无需已知的真实分组。外部指标（例如兰德指数）需与已知分组比较；由于没有真实分组，这里用其调整形式（"
            + Words.number(agreement)
            + "）与重新抽样得到的分组比较。");
  }

  private List<Text> method(Text indices) {
    List<Text> method = new ArrayList<>(Methods.words(found));
    method.add(method.size() - 1, indices);
    method.addAll(
        PreparationWords.vocabulary(
            words.vocabulary(),
            Words::label,
            new Text(", all together as heavy as one other trait", "，合计与其他一个特征同权")));
    Scaling scaling = found.groups().scaling();
    method.addAll(
        PreparationWords.columns(
            scaling.preparation(),
            IntStream.range(0, scaling.columns()).mapToObj(words::column).toList(),
            (column, value) -> Words.number(scaling.unscaled(column, value)),
            new Text("they are placed with those nearest", "仅归入最近的组")));
    if (scaling.directions().along().rows() > 0) {
      method.add(words.directions(scaling.directions()));
    }
    return method;
  }

  /** Each column in an order of its own: the same values, but nobody resembles anybody. */
  private Matrix shuffled() {
    var random = new Random(seed);
    double[] values = sample.values().clone();
    int columns = sample.columns();
    for (int column = 0; column < columns; column++) {
      for (int row = sample.rows() - 1; row > 0; row--) {
        int other = random.nextInt(row + 1);
        double value = values[row * columns + column];
        values[row * columns + column] = values[other * columns + column];
        values[other * columns + column] = value;
      }
    }
    return new Matrix(sample.rows(), columns, values);
  }

  /**
   * Groups found among people drawn with repetition, compared on everybody of the sample (Hennig,
   * Computational Statistics and Data Analysis 52, 2007).
   */
  private double[] agreements() {
    var random = new Random(seed);
    double[] agreements = new double[DRAWS];
    int done = 0;
    while (done < DRAWS && goesOn.getAsBoolean()) {
      int[] drawn = random.ints(sample.rows(), 0, sample.rows()).toArray();
      Placing again = found.way().learn(sample.rows(drawn), random.nextLong(), goesOn).placing();
      agreements[done++] = Clustering.agreement(of, again.place(sample).of());
    }
    Arrays.sort(agreements);
    return agreements;
  }

  private List<Text> limits(int people, double beyondChance, double agreement) {
    ClusterSettings settings = words.settings();
    List<Text> limits =
        new ArrayList<>(PreparationWords.sensitive(settings.guarded(), settings.sensitive()));
    int rows = found.scaled().rows();
    if (beyondChance < CLEAR) {
      limits.add(
          new Text(
              "These people hardly form groups: shuffled traits give groups that are as clear. Take"
                  + " them as a way to divide "
                  + rows
                  + " people, not as kinds of people.",
              "这些客户几乎没有自然分组：打乱特征后分组同样清晰。请仅将其视为对 " + rows + " 人的划分方式，而非客户类型。"));
    }
    if (agreement < STEADY) {
      limits.add(
          new Text(
              "The groups change when other people are asked (agreement "
                  + Words.number(agreement)
                  + " of 1). With "
                  + 3 * rows
                  + " more people chance would weigh half as much; fewer groups are steadier, too.",
              "换一批客户时分组会变化（一致度 "
                  + Words.number(agreement)
                  + "，满分 1）。再增加 "
                  + 3 * rows
                  + " 位客户，偶然影响约减半；减少组数也会更稳定。"));
    }
    int group = 0;
    for (Group each : found.groups().groups()) {
      group++;
      if (each.people() < FEW) {
        int missing = FEW - each.people();
        limits.add(
            new Text(
                "Group "
                    + group
                    + " has "
                    + each.people()
                    + " people only; its averages say little before there are "
                    + missing
                    + " more.",
                "第 " + group + " 组仅 " + each.people() + " 人；再增加 " + missing + " 人，其平均值才有意义。"));
      }
    }
    if (people > rows) {
      limits.add(
          new Text(
              people - rows + " people lack one of the traits and are in no group.",
              "有 " + (people - rows) + " 人缺少其中某个特征，未分组。"));
    }
    int left = found.grouping().left();
    if (left > 0) {
      limits.add(
          new Text(
              left + " people are close to no group; they are marked as not typical.",
              "有 " + left + " 人与任何组都不接近，标记为不典型。"));
    }
    if (found.learnt() < rows) {
      limits.add(
          new Text(
              "The groups were learnt from "
                  + found.learnt()
                  + " people drawn at random; the others were placed beside those nearest to them.",
              "分组由随机抽取的 " + found.learnt() + " 人学得；其余客户按最相近者归组。"));
    }
    return limits;
  }

  private static Measure unbounded(String en, String zh, double value, double baseline) {
    return new Measure(new Text(en, zh), value, Double.NaN, Double.NaN, baseline);
  }

  private static Measure measure(
      String en, String zh, double value, double low, double high, double baseline) {
    return new Measure(new Text(en, zh), value, low, high, baseline, Better.MORE);
  }
}
