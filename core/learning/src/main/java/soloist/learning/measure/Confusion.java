package soloist.learning.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many cases of each true class (row) were put into each class (column).
 *
 * @param counts as many columns as rows
 */
public record Confusion(List<List<Integer>> counts) {

  public Confusion {
    counts = counts.stream().map(List::copyOf).toList();
  }

  public static Confusion of(int[] truths, int[] predicted, int classes) {
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < truths.length; i++) {
      counts[truths[i]][predicted[i]]++;
    }
    return new Confusion(
        Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  public int count(int truth, int predicted) {
    return counts.get(truth).get(predicted);
  }

  public int cases() {
    return counts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  private int right() {
    return IntStream.range(0, counts.size()).map(i -> count(i, i)).sum();
  }

  private int said(int of) {
    return counts.stream().mapToInt(row -> row.get(of)).sum();
  }

  private int are(int of) {
    return counts.get(of).stream().mapToInt(Integer::intValue).sum();
  }

  /** The share put into the right class. */
  public double accuracy() {
    return (double) right() / cases();
  }

  public Interval accuracy(double confidence) {
    return Interval.wilson(right(), cases(), confidence);
  }

  /** Of those put into a class, the share that is of it; NaN where nobody was. */
  public double precision(int of) {
    return (double) count(of, of) / said(of);
  }

  public Interval precision(int of, double confidence) {
    return Interval.wilson(count(of, of), said(of), confidence);
  }

  /** Of those of a class, the share put into it; NaN where nobody is. */
  public double recall(int of) {
    return (double) count(of, of) / are(of);
  }

  public Interval recall(int of, double confidence) {
    return Interval.wilson(count(of, of), are(of), confidence);
  }

  /** The harmonic mean of precision and recall, 0 where nothing was right. */
  public double f1(int of) {
    double both = said(of) + are(of);
    return both == 0 ? Double.NaN : 2 * count(of, of) / both;
  }
}
