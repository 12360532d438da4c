package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import soloist.Seed;

/** The numbers of a description against published ones and against their definitions. */
class SummaryTest {
  /** Anscombe, Graphs in Statistical Analysis, The American Statistician 27, 1973, first set. */
  private static final double[] X = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};

  private static final double[] Y = {
    8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68
  };

  @Test
  void anscombesNumbersAreThoseHePublished() {
    Summary x = Summary.of(sorted(X));
    Summary y = Summary.of(sorted(Y));
    Pair both = new Pair();
    for (int i = 0; i < X.length; i++) {
      both.add(X[i], Y[i]);
    }

    assertEquals(new Summary(11, 9, 11, 4, 6.5, 9, 11.5, 14), x);
    assertEquals(7.50, y.mean(), 0.005);
    assertEquals(4.127, y.variance(), 0.0005);
    assertEquals(0.816, both.correlation(), 0.0005);
    assertEquals(0.5001, both.covariance() / x.variance(), 0.00005, "his line's slope");
  }

  @Test
  void theNumbersOfAnythingAreTheirDefinitions() {
    Random random = Seed.random("summary");
    for (int round = 0; round < Seed.rounds(50, 2_000); round++) {
      double far = random.nextBoolean() ? 0 : 1e8;
      double[] one = numbers(random, 2 + random.nextInt(60), far);
      double[] other = numbers(random, one.length, 0);
      Pair pair = new Pair();
      for (int i = 0; i < one.length; i++) {
        pair.add(one[i], other[i]);
        pair.add(one[i], Double.NaN);
      }
      Summary summary = Summary.of(sorted(one));

      double variance = covariance(one, one);
      assertEquals(mean(one).doubleValue(), summary.mean(), 1e-9 * Math.max(1, far));
      assertEquals(variance, summary.variance(), 1e-7 * (1 + variance));
      assertEquals(covariance(one, other), pair.covariance(), 1e-6 * (1 + variance));
      double correlation =
          covariance(one, other) / Math.sqrt(variance) / Math.sqrt(covariance(other, other));
      assertEquals(correlation, pair.correlation(), 1e-6);
      assertEquals(one.length, pair.count());
      long below = Arrays.stream(one).filter(each -> each < summary.median()).count();
      long above = Arrays.stream(one).filter(each -> each > summary.median()).count();
      assertTrue(below <= one.length / 2 && above <= one.length / 2, summary.toString());
    }
  }

  @Test
  void whatIsTheSameOfEverybodyGoesWithNothing() {
    Pair pair = new Pair();
    pair.add(1, 7);
    pair.add(2, 7);
    pair.add(9, 7);

    assertTrue(Double.isNaN(pair.correlation()));
    assertEquals(0, pair.covariance());
    assertTrue(Double.isNaN(new Pair().covariance()));
    assertTrue(Double.isNaN(Summary.of(new double[] {3}).variance()));
  }

  @Test
  void everyNumberLiesInOneStretchOfAWidthThatPeopleCountIn() {
    Random random = Seed.random("histogram");
    for (int round = 0; round < Seed.rounds(200, 5_000); round++) {
      double scale = Math.pow(10, random.nextInt(9) - 4);
      double[] sorted =
          sorted(
              DoubleStream.generate(() -> Math.round(random.nextGaussian() * 100) * scale)
                  .limit(1 + random.nextInt(300))
                  .toArray());

      List<Histogram.Bin> bins = Histogram.of(sorted);

      assertTrue(bins.size() <= 42, bins.size() + " stretches");
      assertEquals(sorted.length, bins.stream().mapToInt(Histogram.Bin::count).sum());
      for (Histogram.Bin bin : bins) {
        long within =
            Arrays.stream(sorted).filter(each -> each >= bin.from() && each < bin.to()).count();
        assertEquals(within, bin.count(), bin.toString());
        String width =
            BigDecimal.valueOf(bin.to())
                .subtract(BigDecimal.valueOf(bin.from()))
                .round(new MathContext(6))
                .stripTrailingZeros()
                .unscaledValue()
                .toString();
        assertTrue(List.of("1", "2", "5").contains(width), bin.toString());
      }
    }
  }

  @Test
  void ordersAreCountedOneByOneAndTenthsAtTheirEdges() {
    assertEquals(
        List.of(new Histogram.Bin(1, 2, 2), new Histogram.Bin(2, 3, 0), new Histogram.Bin(3, 4, 1)),
        Histogram.of(new double[] {1, 1, 3}));
    List<Double> edges =
        Histogram.of(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}).stream()
            .map(Histogram.Bin::from)
            .toList();
    assertTrue(List.of(0.0, 0.2, 0.4, 0.5).stream().anyMatch(edges::contains), edges.toString());
  }

  @Test
  void timesAreCountedByDayMonthOrYear() {
    assertEquals(
        List.of(2, 0, 1),
        counts("2026-01-30T01:00:00Z", "2026-01-30T23:59:59Z", "2026-02-01T00:00:00Z"));
    assertEquals(List.of(1, 0, 1), counts("2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z"));
    assertEquals(5, counts("2022-06-01T00:00:00Z", "2026-03-31T00:00:00Z").size());
    assertTrue(counts("1200-06-01T00:00:00Z", "2026-03-31T00:00:00Z").size() <= 41);
  }

  private static List<Integer> counts(String... times) {
    double[] millis =
        Arrays.stream(times).mapToDouble(each -> Instant.parse(each).toEpochMilli()).toArray();
    return Histogram.ofTimes(millis).stream().map(Histogram.Bin::count).toList();
  }

  private static double[] numbers(Random random, int count, double around) {
    return DoubleStream.generate(() -> around + random.nextGaussian()).limit(count).toArray();
  }

  private static double[] sorted(double[] numbers) {
    List<Double> shuffled = new ArrayList<>(Arrays.stream(numbers).boxed().toList());
    Collections.sort(shuffled);
    return shuffled.stream().mapToDouble(each -> each).toArray();
  }

  private static BigDecimal mean(double[] numbers) {
    BigDecimal sum =
        Arrays.stream(numbers).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(numbers.length), MathContext.DECIMAL128);
  }

  /** By its definition, in exact decimals. */
  private static double covariance(double[] one, double[] other) {
    BigDecimal meanOfOne = mean(one);
    BigDecimal meanOfOther = mean(other);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < one.length; i++) {
      BigDecimal from = new BigDecimal(one[i]).subtract(meanOfOne);
      sum = sum.add(from.multiply(new BigDecimal(other[i]).subtract(meanOfOther)));
    }
    return sum.divide(BigDecimal.valueOf(one.length - 1L), MathContext.DECIMAL128).doubleValue();
  }
}
