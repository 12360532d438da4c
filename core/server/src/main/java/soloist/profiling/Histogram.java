package soloist.profiling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many numbers lie in which stretch, each of a width that people count in. */
final class Histogram {
  private static final int MOST_BINS = 40;
  private static final long LONGEST_IN_DAYS = 40;
  private static final long LONGEST_IN_MONTHS = 40;

  private Histogram() {}

  /**
   * One stretch.
   *
   * @param from belongs to it
   * @param to belongs to the next one
   */
  record Bin(double from, double to, int count) {

    /** Between two whole numbers that are neighbours there is only the first. */
    double shownTo(boolean isWhole) {
      return isWhole && to - from == 1 ? from : to;
    }
  }

  static boolean isWhole(double[] numbers) {
    return Arrays.stream(numbers).allMatch(each -> each == Math.rint(each));
  }

  /**
   * Stretches as wide as Freedman and Diaconis say (Zeitschrift für Wahrscheinlichkeitstheorie 57,
   * 1981), at most 40, rounded up to 1, 2 or 5 times a power of ten. Whole numbers that lie close
   * together have a stretch each.
   *
   * @param sorted ascending, at least one
   */
  static List<Bin> of(double[] sorted) {
    double least = sorted[0];
    double range = sorted[sorted.length - 1] - least;
    boolean isWhole = isWhole(sorted);
    if (range == 0 || (isWhole && range < MOST_BINS / 2)) {
      return stretches(sorted, BigDecimal.ONE);
    }
    Summary summary = Summary.of(sorted);
    double middle = summary.upperQuartile() - summary.lowerQuartile();
    double wide = Math.max(2 * middle / Math.cbrt(sorted.length), range / (MOST_BINS - 1));
    BigDecimal width = counted(wide);
    return stretches(sorted, isWhole ? width.max(BigDecimal.ONE) : width);
  }

  /** The next 1, 2 or 5 times a power of ten. */
  private static BigDecimal counted(double wide) {
    BigDecimal exact = new BigDecimal(wide, new MathContext(3, RoundingMode.CEILING));
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exact.precision() - exact.scale() - 1);
    for (int times : new int[] {1, 2, 5}) {
      BigDecimal candidate = power.multiply(BigDecimal.valueOf(times));
      if (candidate.compareTo(exact) >= 0) {
        return candidate;
      }
    }
    return power.scaleByPowerOfTen(1);
  }

  private static List<Bin> stretches(double[] sorted, BigDecimal width) {
    BigDecimal first =
        BigDecimal.valueOf(sorted[0]).divide(width, 0, RoundingMode.FLOOR).multiply(width);
    List<Double> edges = new ArrayList<>();
    BigDecimal edge = first;
    do {
      edges.add(edge.doubleValue());
      edge = edge.add(width);
    } while (edge.doubleValue() <= sorted[sorted.length - 1]);
    edges.add(edge.doubleValue());
    return counts(sorted, edges);
  }

  /**
   * Days, months or years, by how far apart the first and the last are; in UTC.
   *
   * @param sorted milliseconds since 1970, at least one
   */
  static List<Bin> ofTimes(double[] sorted) {
    LocalDate first = date(sorted[0]);
    LocalDate last = date(sorted[sorted.length - 1]);
    long days = ChronoUnit.DAYS.between(first, last);
    long months = ChronoUnit.MONTHS.between(first, last);
    ChronoUnit unit =
        days < LONGEST_IN_DAYS
            ? ChronoUnit.DAYS
            : months < LONGEST_IN_MONTHS ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
    LocalDate edge =
        switch (unit) {
          case DAYS -> first;
          case MONTHS -> first.withDayOfMonth(1);
          default -> first.withDayOfYear(1);
        };
    List<Double> edges = new ArrayList<>(List.of(millis(edge)));
    long step = 1 + ChronoUnit.YEARS.between(first, last) / LONGEST_IN_MONTHS;
    while (edges.getLast() <= sorted[sorted.length - 1]) {
      edge = edge.plus(step, unit);
      edges.add(millis(edge));
    }
    return counts(sorted, edges);
  }

  private static LocalDate date(double millis) {
    return Instant.ofEpochMilli((long) millis).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static double millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static List<Bin> counts(double[] sorted, List<Double> edges) {
    List<Bin> bins = new ArrayList<>();
    int next = 0;
    for (int i = 0; i + 1 < edges.size(); i++) {
      int first = next;
      while (next < sorted.length && sorted[next] < edges.get(i + 1)) {
        next++;
      }
      bins.add(new Bin(edges.get(i), edges.get(i + 1), next - first));
    }
    return bins;
  }
}
