package soloist.learning.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CleaningTest {
  private static final double NONE = Double.NaN;

  @Test
  void fillsGapsInThreeWaysAndLeavesTheOriginal() {
    double[] values = {NONE, 1, NONE, NONE, 7, 10, NONE};

    assertArrayEquals(new double[] {6, 1, 6, 6, 7, 10, 6}, Filling.MEAN.fill(values), 1e-12);
    assertArrayEquals(new double[] {7, 1, 7, 7, 7, 10, 7}, Filling.MEDIAN.fill(values), 1e-12);
    assertArrayEquals(
        new double[] {1, 1, 3, 5, 7, 10, 10}, Filling.INTERPOLATION.fill(values), 1e-12);
    assertTrue(Double.isNaN(values[0]));
    assertTrue(Double.isNaN(Filling.MEDIAN.fill(new double[] {NONE})[0]));
    assertArrayEquals(
        new int[] {1}, Filling.complete(Matrix.of(new double[] {1, NONE}, new double[] {1, 2})));
  }

  @Test
  void findsOutliersAndCapsThem() {
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 100, NONE};

    Outliers fences = Outliers.byQuartiles(values);

    assertEquals(-3, fences.least()); // quartiles 3 and 7
    assertEquals(13, fences.most());
    assertTrue(fences.isOutlier(100));
    assertFalse(fences.isOutlier(NONE));
    assertEquals(13, fences.cap(values)[8]);
    assertFalse(Outliers.byDeviation(values, 3).isOutlier(100));
    assertTrue(Outliers.byDeviation(values, 2).isOutlier(100));
  }

  @Test
  void takesSpikesOutAndLeavesSteps() {
    double[] smooth = Smoothing.median(new double[] {1, 1, 9, 1, 1, 5, 5, 5}, 1);
    assertArrayEquals(new double[] {1, 1, 1, 1, 1, 5, 5, 5}, smooth, 1e-12);
  }

  @Test
  void describesAColumn() {
    Summary summary = Summary.of(new double[] {4, 1, NONE, 3, 2});

    assertEquals(new Summary(4, 2.5, Math.sqrt(5 / 3.0), 5 / 3.0, 1, 1.75, 2.5, 3.25, 4), summary);
  }

  @Test
  void scalesLaterRowsAsThoseItWasLearntFrom() {
    Matrix rows = Matrix.of(new double[] {0, 5}, new double[] {4, 5});

    Scaling standard = Scaling.standard(rows);

    assertArrayEquals(new double[] {-1, 0, 1, 0}, standard.apply(rows).values(), 1e-12);
    assertArrayEquals(new double[] {3, 2}, standard.apply(new double[] {8, 7}), 1e-12);
    assertArrayEquals(new double[] {2, 2}, Scaling.toUnit(rows).apply(new double[] {8, 7}), 1e-12);
  }

  @Test
  void givesWordsAColumnEach() {
    OneHot city = OneHot.of(List.of("Oslo", "Bergen", "Oslo", ""));
    double[] row = new double[3];

    city.put("Oslo", row, 1);

    assertEquals(List.of("", "Bergen", "Oslo"), city.levels());
    assertArrayEquals(new double[] {0, 0, 1}, row);
    city.put("Rome", row, 1);
    assertArrayEquals(new double[3], row);
  }

  @Test
  void findsTheDirectionAlongWhichRowsDiffer() {
    Random random = new Random(1);
    double[][] rows = new double[500][];
    for (int i = 0; i < rows.length; i++) {
      double along = 3 * random.nextGaussian();
      rows[i] = new double[] {along + 10, 2 * along - 3 + 0.1 * random.nextGaussian()};
    }

    PrincipalComponents found = PrincipalComponents.of(Matrix.of(rows));

    assertEquals(2, found.directions().at(0, 1) / found.directions().at(0, 0), 0.01);
    assertTrue(found.explained()[0] > 0.99);
    assertEquals(1, found.enoughFor(0.95));
    Matrix projected = found.project(Matrix.of(rows), 1);
    assertEquals(found.variances()[0], Summary.of(projected.column(0)).variance(), 1e-6);
    Matrix covariance = Covariance.of(Matrix.of(rows));
    assertEquals(Summary.of(Matrix.of(rows).column(0)).variance(), covariance.at(0, 0), 1e-9);
    assertEquals(covariance.at(0, 1), covariance.at(1, 0));
  }

  @Test
  void keepsOfARowWhatLiesAlongTheDirectionsThatHoldEnough() throws IOException {
    Random random = new Random(1);
    double[][] rows = new double[500][];
    for (int i = 0; i < rows.length; i++) {
      double along = 3 * random.nextGaussian();
      rows[i] = new double[] {along, 2 * along + 0.1 * random.nextGaussian()};
    }
    Directions one = Directions.holding(Matrix.of(rows), 0.95);
    double[] row = {1, 7};

    double[] kept = one.apply(row);

    assertEquals(1, one.along().rows());
    assertTrue(one.explained()[0] > 0.99);
    double[] direction = one.along().row(0);
    double off = (row[0] - kept[0]) * direction[0] + (row[1] - kept[1]) * direction[1];
    assertEquals(0, off, 1e-12, "what is taken off lies across");
    assertArrayEquals(kept, one.apply(kept), 1e-12);
    assertArrayEquals(row, Directions.holding(Matrix.of(rows), 1).apply(row), 1e-12);
    var bytes = new ByteArrayOutputStream();
    one.write(new DataOutputStream(bytes));
    Directions read =
        Directions.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertArrayEquals(kept, read.apply(row));
    assertArrayEquals(row, Directions.ALL.apply(row));
  }

  @Test
  void leavesOutWhatSaysNothingNew() {
    Random random = new Random(1);
    double[][] rows = new double[50][];
    for (int i = 0; i < rows.length; i++) {
      double value = random.nextDouble();
      rows[i] = new double[] {value, 7, random.nextDouble(), 2 - 3 * value};
    }

    List<Selection.Choice> choices = Selection.of(Matrix.of(rows));

    assertEquals(new Selection.Choice.Kept(0), choices.get(0));
    assertEquals(new Selection.Choice.Constant(1), choices.get(1));
    assertTrue(
        choices.get(3) instanceof Selection.Choice.Redundant(int _, int with, double how)
            && with == 0
            && how < -0.99);
    assertArrayEquals(new int[] {0, 2}, Selection.kept(choices));
    assertEquals(2, Selection.columns(Matrix.of(rows), new int[] {0, 2}).columns());
  }

  @Test
  void countsWordsOfBothLanguages() {
    List<String> texts = List.of("Very good, good!", "很好用", "好用 very");

    BagOfWords bag = BagOfWords.of(texts, 100);

    assertEquals(List.of("很", "好", "很好", "用", "好用"), BagOfWords.words("很好用"));
    Matrix counts = bag.counts(texts);
    assertEquals(2, counts.at(0, bag.words().indexOf("good")));
    assertEquals(1, counts.at(2, bag.words().indexOf("好用")));
    Matrix weights = bag.weights(texts);
    assertTrue(
        weights.at(0, bag.words().indexOf("good")) > weights.at(0, bag.words().indexOf("very")));
    double squares = Arrays.stream(weights.row(1)).map(each -> each * each).sum();
    assertEquals(1, squares, 1e-12);
    assertEquals(2, BagOfWords.of(texts, 2).words().size());
  }
}
