package soloist.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Covariance;
import soloist.learning.data.Filling;
import soloist.learning.data.Folds;
import soloist.learning.data.Matrix;
import soloist.learning.data.Outliers;
import soloist.learning.data.Scaling;
import soloist.learning.data.Summary;
import soloist.learning.measure.Confusion;
import soloist.learning.predict.LogisticRegression;

/**
 * The textbook pipeline {@code collect_data}, {@code clean_data}, {@code analyze_data}, {@code
 * build_user_profile_model}, {@code validate_model} on the samples that ship. Two sources are
 * joined and spoilt; the right answers are those of numpy 1.24.2 and scikit-learn 1.2.1.
 */
class PipelineTest {
  private static final int PEOPLE = 60;
  private static final int PARTS = 5;

  /** Two sources by customer: what the shop knows and what was brought in from elsewhere. */
  private static List<Map<String, String>> collected() throws IOException {
    Map<String, Map<String, String>> elsewhere =
        Samples.lines("users.csv").stream()
            .collect(Collectors.toMap(line -> line.get("user_id"), line -> line));
    List<Map<String, String>> joined = new ArrayList<>();
    for (Map<String, String> line : Samples.lines("user_purchases.csv")) {
      Map<String, String> one = new HashMap<>(line);
      one.put("age", elsewhere.get(line.get("user_id")).get("age"));
      joined.add(one);
    }
    return joined;
  }

  /**
   * Every tenth customer comes twice, of every twelfth no visits are known, one is a millionaire.
   */
  private static List<Map<String, String>> spoilt(List<Map<String, String>> lines) {
    List<Map<String, String>> spoilt = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Map<String, String> line = new HashMap<>(lines.get(i));
      if (i % 12 == 5) {
        line.put("visits", "");
      }
      if (i == 7) {
        line.put("income", "99000000");
      }
      spoilt.add(line);
      if (i % 10 == 0) {
        spoilt.add(line);
      }
    }
    return spoilt;
  }

  /** Once each, gaps filled by the median, outliers moved to the nearest usual value. */
  private static Matrix cleaned(List<Map<String, String>> lines) {
    Matrix raw = Samples.numbers(lines.stream().distinct().toList(), "age", "income", "visits");
    double[] age = raw.column(0);
    double[] income = Outliers.byQuartiles(raw.column(1)).cap(raw.column(1));
    double[] visits = Filling.MEDIAN.fill(raw.column(2));
    return Matrix.of(
        IntStream.range(0, raw.rows())
            .mapToObj(i -> new double[] {age[i], income[i], visits[i]})
            .toArray(double[][]::new));
  }

  @Test
  void cleansWhatWasCollectedAndLeavesTheSourceAsItWas() throws IOException {
    List<Map<String, String>> collected = spoilt(collected());
    assertEquals(PEOPLE + 6, collected.size());

    Matrix clean = cleaned(collected);

    assertEquals(PEOPLE, clean.rows());
    assertEquals(PEOPLE, Filling.complete(clean).length);
    assertEquals(245_000, clean.at(7, 1), 1e-9, "the millionaire");
    assertEquals(10, clean.at(5, 2), "the first gap");
    assertEquals("99000000", collected.get(8).get("income"));
    Matrix before = Samples.numbers(collected(), "age", "income", "visits");
    assertArrayEquals(before.row(0), clean.row(0));
  }

  @Test
  void analysesWhatIsCleanAndNamesWhatGoesWithTheAnswer() throws IOException {
    Matrix clean = cleaned(spoilt(collected()));
    int[] purchased = Samples.labels("user_purchases.csv", "purchased");

    Summary income = Summary.of(clean.column(1));

    assertEquals(110_483.33333333, income.mean(), 1e-6);
    assertEquals(44_350.48837622, income.deviation(), 1e-6);
    double[] with = new double[3];
    Matrix all =
        Matrix.of(
            IntStream.range(0, PEOPLE)
                .mapToObj(
                    i ->
                        new double[] {clean.at(i, 0), clean.at(i, 1), clean.at(i, 2), purchased[i]})
                .toArray(double[][]::new));
    Arrays.setAll(with, column -> Covariance.correlation(all).at(column, 3));
    assertArrayEquals(new double[] {0.0714621295, -0.0564075742, 0.6921513288}, with, 1e-8);
  }

  /** Each part is foretold by a model that has not seen it; the scaling has not seen it either. */
  @Test
  void buildsAModelAndValidatesItOnPeopleWhomItHasNotSeen() throws IOException {
    Matrix clean = cleaned(spoilt(collected()));
    int[] purchased = Samples.labels("user_purchases.csv", "purchased");
    int[] said = new int[PEOPLE];

    for (Folds.Split split : inOrder()) {
      Scaling scaling = Scaling.standard(clean.rows(split.learn()));
      LogisticRegression model =
          LogisticRegression.fit(
              scaling.apply(clean.rows(split.learn())), Folds.of(purchased, split.learn()), 2, 1);
      for (int row : split.test()) {
        said[row] = model.chances(scaling.apply(clean.row(row)))[1] > 0.5 ? 1 : 0;
      }
    }

    Confusion confusion = Confusion.of(purchased, said, 2);
    assertEquals(46, confusion.count(0, 0) + confusion.count(1, 1));
    assertEquals(21, confusion.count(1, 1));
    int plain = Math.max(PEOPLE - IntStream.of(purchased).sum(), IntStream.of(purchased).sum());
    assertEquals(33, plain, "always saying the same");
  }

  /** Twelve customers after each other, so that both sides part them the same way. */
  private static List<Folds.Split> inOrder() {
    int size = PEOPLE / PARTS;
    return IntStream.range(0, PARTS)
        .mapToObj(
            part ->
                new Folds.Split(
                    IntStream.range(0, PEOPLE).filter(i -> i / size != part).toArray(),
                    IntStream.range(0, PEOPLE).filter(i -> i / size == part).toArray()))
        .toList();
  }
}
