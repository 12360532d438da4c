package soloist.learning.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Preparation.Extremes;

class PreparationTest {
  /** One with an outlier, the same doubled, one value only, and a word that one person uses. */
  private static final Matrix ROWS =
      Matrix.of(
          new double[] {1, 2, 7, 0},
          new double[] {2, 4, 7, 1},
          new double[] {3, 6, 7, 0},
          new double[] {4, 8, 7, 0},
          new double[] {100, 200, 7, 0});

  @Test
  void leavesColumnsAndOutliersAsTheyAreUnlessToldOtherwise() {
    Preparation preparation = Preparation.of(ROWS, Extremes.KEEP, false, 3);

    assertArrayEquals(ROWS.values(), preparation.apply(ROWS).values());
    assertEquals(List.of(0, 0, 0, 0), preparation.outside());
    assertEquals(5, preparation.learntFrom(ROWS).length);
  }

  @Test
  void capsWhatLiesOutsideTheFences() {
    Preparation preparation = Preparation.of(ROWS, Extremes.CAP, false, 3);

    // Quartiles 2 and 4: the fences lie at 2 - 3 and 4 + 3.
    assertEquals(new Outliers(-1, 7), preparation.usual().getFirst());
    assertArrayEquals(new double[] {7, 14, 7, 0}, preparation.apply(ROWS.row(4)));
    assertArrayEquals(new double[] {-1, 2, 9, 1}, preparation.apply(new double[] {-50, 2, 9, 1}));
    assertEquals(List.of(1, 1, 0, 0), preparation.outside());
    assertEquals(5, preparation.learntFrom(ROWS).length);
  }

  @Test
  void learnsNothingFromWhoLiesOutside() {
    Preparation preparation = Preparation.of(ROWS, Extremes.LEAVE_OUT, true, 3);

    assertArrayEquals(new int[] {0, 1, 2, 3}, preparation.learntFrom(ROWS));
    assertArrayEquals(new double[] {100, 0, 0, 0}, preparation.apply(ROWS.row(4)), "not capped");
  }

  @Test
  void leavesOutWhatSaysNothingNewAndKeepsTheOthersPlaces() {
    Preparation preparation = Preparation.of(ROWS, Extremes.KEEP, true, 3);

    assertEquals(new Selection.Choice.Constant(2), preparation.choices().get(2));
    assertArrayEquals(new double[] {3, 0, 0, 0}, preparation.apply(ROWS.row(2)));
  }

  @Test
  void saysTheSameFromItsBytes() throws IOException {
    Preparation preparation = Preparation.of(ROWS, Extremes.CAP, true, 3);
    Vocabulary vocabulary =
        Vocabulary.of(List.of("notes"), List.of(List.of("good tea", "好茶", "tea")), 9);
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    preparation.write(out);
    vocabulary.write(out);

    var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

    assertEquals(preparation, Preparation.read(in));
    assertEquals(vocabulary, Vocabulary.read(in));
    assertThrows(IOException.class, () -> Preparation.read(in));
  }

  @Test
  void weighsTheWordsOfEachTextByThemselves() {
    Vocabulary vocabulary =
        Vocabulary.of(
            List.of("notes", "reviews"),
            List.of(List.of("late parcel", "late", "", "好茶"), List.of("nice", "nice", "", "")),
            2);

    double[] weights = vocabulary.weights(List.of("late parcel late", "so nice"));

    assertEquals(
        List.of("late", "parcel", "nice"),
        vocabulary.words().stream().map(Vocabulary.Column::word).toList());
    assertEquals(new Vocabulary.Column("notes", "late", 2), vocabulary.words().getFirst());
    // Of four texts two have "late" and one has "parcel".
    double late = 2 * (Math.log(5 / 3.0) + 1);
    double parcel = Math.log(5 / 2.0) + 1;
    assertEquals(late / Math.hypot(late, parcel), weights[0], 1e-12);
    assertEquals(parcel / Math.hypot(late, parcel), weights[1], 1e-12);
    assertEquals(1, weights[2], 1e-12, "alone in its text");
    assertArrayEquals(new double[3], vocabulary.weights(List.of("", "")), "who said nothing");
  }

  @Test
  void takesTheWordsByWhichMostTextsAreToldApart() {
    String[] texts = new String[30];
    Arrays.setAll(texts, i -> "the tea" + (i % 3 == 0 ? " late" : "") + (i == 1 ? " once" : ""));

    BagOfWords bag = BagOfWords.of(List.of(texts), 1);

    assertEquals(List.of("late"), bag.words());
    assertEquals(List.of("ok"), BagOfWords.of(List.of("ok", "x".repeat(31)), 9).words());
  }

  @Test
  void knowsSensitiveFactsByTheWordsOfTheirNames() {
    assertEquals(
        List.of("health_score", "Gender", "hasDisease", "religion", "宗教信仰"),
        Sensitive.among(
            List.of(
                "health_score",
                "age",
                "Gender",
                "trace_id",
                "hasDisease",
                "religion",
                "essex",
                "宗教信仰",
                "城市")));
  }
}
