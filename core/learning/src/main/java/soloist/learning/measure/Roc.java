package soloist.learning.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well scores put cases of one kind before the others, whatever bound is taken.
 *
 * @param points from (0, 0) to (1, 1): the shares of the others and of the kind at or above a score
 * @param area under the curve: the chance that a case of the kind scores higher than another one
 * @param error the standard error of the area (DeLong, DeLong, Clarke-Pearson, Biometrics 44, 1988)
 */
public record Roc(List<Point> points, double area, double error) {

  /** One bound. */
  public record Point(double falsePositives, double truePositives) {}

  /**
   * Needs cases of both kinds; the area is NaN otherwise.
   *
   * @param positive whether a case is of the kind
   */
  public static Roc of(boolean[] positive, double[] scores) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -scores[i]));
    int positives = (int) IntStream.range(0, positive.length).filter(i -> positive[i]).count();
    int negatives = positive.length - positives;
    List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
    double[] placed = new double[scores.length]; // of a case, the share of the other kind it beats
    int truths = 0;
    int lies = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int equalTruths = 0;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        equalTruths += positive[order[to++]] ? 1 : 0;
      }
      int equalLies = to - from - equalTruths;
      for (int i = from; i < to; i++) {
        placed[order[i]] =
            positive[order[i]]
                ? (negatives - lies - equalLies / 2.0) / negatives
                : (truths + equalTruths / 2.0) / positives;
      }
      truths += equalTruths;
      lies += equalLies;
      points.add(new Point((double) lies / negatives, (double) truths / positives));
      from = to;
    }
    double area = mean(placed, positive, true);
    double error =
        Math.sqrt(
            variance(placed, positive, true, area) / positives
                + variance(placed, positive, false, area) / negatives);
    return new Roc(List.copyOf(points), area, error);
  }

  private static double mean(double[] placed, boolean[] positive, boolean of) {
    return IntStream.range(0, placed.length)
        .filter(i -> positive[i] == of)
        .mapToDouble(i -> placed[i])
        .average()
        .orElse(Double.NaN);
  }

  private static double variance(double[] placed, boolean[] positive, boolean of, double mean) {
    double[] squares =
        IntStream.range(0, placed.length)
            .filter(i -> positive[i] == of)
            .mapToDouble(i -> (placed[i] - mean) * (placed[i] - mean))
            .toArray();
    return Arrays.stream(squares).sum() / Math.max(1, squares.length - 1);
  }

  /**
   * Of the area, on the scale of log odds, which keeps it within 0 and 1 (Pepe, "The Statistical
   * Evaluation of Medical Tests", 2003, 5.2.4). Where nothing is confused there is no error to go
   * by: then as if one more pair of each kind had been.
   */
  public Interval area(double confidence, int positives, int negatives) {
    if (Double.isNaN(area)) {
      return new Interval(0, 1);
    }
    double least = 0.5 / ((double) positives * negatives);
    double within = Math.clamp(area, least, 1 - least);
    double smallest = Math.sqrt(within * (1 - within) / Math.min(positives, negatives)) / 2;
    double logOdds = Math.log(within / (1 - within));
    double side = Interval.reach(confidence) * Math.max(error, smallest) / (within * (1 - within));
    return new Interval(odds(logOdds - side), odds(logOdds + side));
  }

  private static double odds(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** At most so many points that a line through them looks the same. */
  public List<Point> points(int most) {
    int n = points.size();
    return n <= most
        ? points
        : IntStream.range(0, most)
            .mapToObj(i -> points.get((int) ((long) i * (n - 1) / (most - 1))))
            .toList();
  }
}
