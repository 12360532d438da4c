package soloist.learning.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

class BgNbdTest {
  /** The paper's estimates (Fader, Hardie, Lee 2005, table 2) and its example customer. */
  private static final BgNbd PAPER = new BgNbd(0.243, 4.414, 0.793, 2.426);

  private static final Buying EXAMPLE = new Buying(2, 30.43, 38.86, 22.35);

  @Test
  void expectsWhatThePaperExpectsOfItsExample() {
    assertEquals(1.226, PAPER.expected(39, EXAMPLE), 5e-4);
    assertEquals(0.7266, PAPER.alive(EXAMPLE), 5e-4);
  }

  @Test
  void takesAnAmountBetweenTheCustomersOwnAndEverybodys() {
    GammaGamma published = new GammaGamma(6.25, 3.74, 15.44);

    double expected = published.expected(EXAMPLE);

    assertEquals(24.66, expected, 0.01);
    assertTrue(expected > EXAMPLE.mean() && expected < published.mean());
    assertEquals(published.mean(), published.expected(new Buying(0, 0, 10, 0)), 1e-9);
  }

  @Test
  void sumsGaussSeries() {
    for (double z : new double[] {0.1, 0.5, 0.9}) {
      assertEquals(-Math.log1p(-z) / z, BgNbd.hypergeometric(1, 1, 2, z), 1e-10);
    }
  }

  @Test
  void agreesWithLivesPlayedOut() {
    Random random = new Random(1);
    List<BgNbd> same = Stream.generate(() -> PAPER).limit(20_000).toList();

    double[] orders = new Future(same, random).orders(39, List.of(EXAMPLE));

    assertEquals(PAPER.expected(39, EXAMPLE), Arrays.stream(orders).average().orElseThrow(), 0.03);
    double silent = Arrays.stream(orders).filter(each -> each == 0).count() / 20_000.0;
    assertEquals(PAPER.silent(39, EXAMPLE), silent, 0.01);
  }

  @Test
  void expectsMoreOfALongerTimeAndNothingOfNone() {
    assertEquals(0, PAPER.expected(0, EXAMPLE));
    double before = 0;
    for (int weeks = 1; weeks < 2_000; weeks *= 2) {
      double expected = PAPER.expected(weeks, EXAMPLE);
      assertTrue(expected > before, weeks + " weeks");
      before = expected;
    }
    assertEquals(
        PAPER.expected(39, EXAMPLE),
        new BgNbd(0.243, 4.414, 1.0000001, 2.426).expected(39, EXAMPLE),
        0.2);
  }

  @Test
  void countsAnOrderADay() {
    long[] times =
        Stream.of("1997-01-01", "1997-01-18", "1997-01-18", "1997-08-02")
            .mapToLong(
                day -> LocalDate.parse(day).atTime(9, 0).toInstant(ZoneOffset.UTC).toEpochMilli())
            .toArray();
    long now =
        LocalDate.parse("1997-09-30").atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();

    Buying buying = Buying.of(times, new double[] {29.33, 20, 9.73, 14.96}, now);

    assertEquals(2, buying.repeats());
    assertEquals(30.43, buying.last(), 5e-3);
    assertEquals(38.86, buying.age(), 5e-3);
    assertEquals(22.345, buying.mean(), 1e-9);
    assertThrows(IllegalArgumentException.class, () -> new Buying(1, 5, 4, 0));
  }

  @Test
  void findsTheParametersThatMadeUpCustomersHave() {
    BgNbd truth = new BgNbd(0.8, 6, 0.8, 2.4);
    List<Buying> customers = customers(truth, 800, 5);

    Orders found = Orders.mostLikely(customers);

    double[] off = {
      Math.log(found.best().r() / truth.r()),
      Math.log(found.best().alpha() / truth.alpha()),
      Math.log(found.best().a() / truth.a()),
      Math.log(found.best().b() / truth.b())
    };
    for (int i = 0; i < off.length; i++) {
      assertTrue(Math.abs(off[i]) < 3 * found.uncertainty()[i], i + ": " + off[i]);
      assertTrue(found.uncertainty()[i] < 0.8, i + ": " + found.uncertainty()[i]);
    }
  }

  @Test
  void isLessSureOfFewerCustomers() {
    List<Buying> customers = customers(new BgNbd(0.8, 6, 0.8, 2.4), 1_000, 7);

    double[] few = Orders.shrunk(customers.subList(0, 40)).uncertainty();
    double[] many = Orders.shrunk(customers).uncertainty();

    for (int i = 0; i < few.length; i++) {
      assertTrue(few[i] > many[i] && few[i] < 1.6, few[i] + " of few, " + many[i] + " of many");
    }
  }

  /** Lives as the model has them, watched for a year. */
  static List<Buying> customers(BgNbd truth, int count, long seed) {
    var random = new RandomDataGenerator(seed);
    List<Buying> customers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double rate = random.nextGamma(truth.r(), 1 / truth.alpha());
      double leaves = random.nextBeta(truth.a(), truth.b());
      double age = random.nextUniform(26, 52);
      double time = random.nextExponential(1 / rate);
      int repeats = 0;
      double last = 0;
      while (time < age) {
        repeats++;
        last = time;
        if (random.nextUniform(0, 1) < leaves) {
          break;
        }
        time += random.nextExponential(1 / rate);
      }
      double mean = random.nextGamma(6, random.nextGamma(4, 5));
      customers.add(new Buying(repeats, last, age, repeats == 0 ? 0 : mean));
    }
    return customers;
  }
}
