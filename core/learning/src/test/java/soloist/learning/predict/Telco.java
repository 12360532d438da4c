package soloist.learning.predict;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import soloist.learning.Shared;
import soloist.learning.data.Filling;
import soloist.learning.data.Matrix;
import soloist.learning.data.OneHot;
import soloist.learning.data.Scaling;

/** The customers as scikit-learn got them: three numbers, scaled, then words as 0 and 1. */
@SuppressWarnings("ArrayRecordComponent")
record Telco(Matrix learn, int[] learnt, Matrix test, int[] tested, double[] totalCharges) {
  private static final List<Integer> NUMBERS = List.of(5, 18, 19);
  private static final List<Integer> WORDS =
      List.of(1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);

  private static @Nullable Telco once;

  static synchronized Telco read() {
    Telco known = once;
    if (known == null) {
      known = readAnew();
      once = known;
    }
    return known;
  }

  private static Telco readAnew() {
    List<List<String>> lines = Shared.lines("Telco-Customer-Churn.csv", ",");
    List<List<String>> rows = lines.subList(1, lines.size());
    List<OneHot> words =
        WORDS.stream()
            .map(at -> OneHot.of(rows.stream().map(row -> row.get(at)).toList()))
            .toList();
    int wide = NUMBERS.size() + words.stream().mapToInt(OneHot::columns).sum();
    double[] charges =
        rows.stream()
            .mapToDouble(
                row -> row.get(19).isBlank() ? Double.NaN : Double.parseDouble(row.get(19)))
            .toArray();
    double[] filled = Filling.MEDIAN.fill(charges);
    double[][] cells = new double[rows.size()][wide];
    for (int i = 0; i < rows.size(); i++) {
      cells[i][0] = Double.parseDouble(rows.get(i).get(5));
      cells[i][1] = Double.parseDouble(rows.get(i).get(18));
      cells[i][2] = filled[i];
      int from = NUMBERS.size();
      for (int word = 0; word < words.size(); word++) {
        words.get(word).put(rows.get(i).get(WORDS.get(word)), cells[i], from);
        from += words.get(word).columns();
      }
    }
    int[] came = rows.stream().mapToInt(row -> row.getLast().equals("Yes") ? 1 : 0).toArray();
    int[] test = IntStream.range(0, cells.length).filter(i -> i % 5 == 0).toArray();
    int[] learn = IntStream.range(0, cells.length).filter(i -> i % 5 != 0).toArray();
    Matrix all = Matrix.of(cells);
    Scaling scaling = numbers(Scaling.standard(all.rows(learn)));
    return new Telco(
        scaling.apply(all.rows(learn)),
        IntStream.of(learn).map(i -> came[i]).toArray(),
        scaling.apply(all.rows(test)),
        IntStream.of(test).map(i -> came[i]).toArray(),
        charges);
  }

  /** Only the numbers are scaled. */
  private static Scaling numbers(Scaling all) {
    double[] offsets = new double[all.offsets().length];
    double[] units = new double[offsets.length];
    Arrays.fill(units, 1);
    System.arraycopy(all.offsets(), 0, offsets, 0, NUMBERS.size());
    System.arraycopy(all.units(), 0, units, 0, NUMBERS.size());
    return new Scaling(offsets, units);
  }

  Telco numbersOnly() {
    return new Telco(numbers(learn), learnt, numbers(test), tested, totalCharges);
  }

  private static Matrix numbers(Matrix rows) {
    return Matrix.of(
        IntStream.range(0, rows.rows())
            .mapToObj(row -> Arrays.copyOf(rows.row(row), NUMBERS.size()))
            .toArray(double[][]::new));
  }

  boolean[] came() {
    boolean[] came = new boolean[tested.length];
    for (int i = 0; i < came.length; i++) {
      came[i] = tested[i] == 1;
    }
    return came;
  }
}
