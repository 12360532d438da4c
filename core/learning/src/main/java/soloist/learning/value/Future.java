package soloist.learning.value;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Orders as they may come: what the model expects of a customer, played out once. Sums of many such
 * plays say how far reality may lie from what is expected, the chance in each customer included.
 */
public final class Future {
  private final List<BgNbd> models;
  private final Random random;

  /**
   * @param models as they may be true, from {@link Orders#draws}
   */
  public Future(List<BgNbd> models, Random random) {
    this.models = List.copyOf(models);
    this.random = random;
  }

  /**
   * For each model the orders of all customers together within the next weeks, if habits stay as
   * they are, sorted.
   */
  public double[] orders(double weeks, List<Buying> customers) {
    return models.stream()
        .mapToDouble(
            model -> customers.stream().mapToInt(buying -> orders(model, weeks, buying)).sum())
        .sorted()
        .toArray();
  }

  /** The same where all of them may move together, sorted. */
  public double[] orders(double weeks, List<Buying> customers, Swing swing) {
    double[] orders = orders(weeks, customers);
    double[] factors = swing.factors(random).limit(orders.length).toArray();
    Arrays.setAll(orders, i -> orders[i] * factors[i]);
    Arrays.sort(orders);
    return orders;
  }

  private int orders(BgNbd model, double weeks, Buying buying) {
    if (random.nextDouble() >= model.alive(buying)) {
      return 0;
    }
    double rate = gamma(model.r() + buying.repeats()) / (model.alpha() + buying.age());
    double left = gamma(model.a());
    double leaves = left / (left + gamma(model.b() + buying.repeats()));
    int orders = 0;
    double time = -Math.log1p(-random.nextDouble()) / rate;
    while (time <= weeks) {
      orders++;
      if (random.nextDouble() < leaves) {
        break;
      }
      time -= Math.log1p(-random.nextDouble()) / rate;
    }
    return orders;
  }

  /** A gamma distributed number (Marsaglia, Tsang, ACM TOMS 26(3), 2000). */
  private double gamma(double shape) {
    if (shape < 1) {
      return Math.max(
          Double.MIN_NORMAL, gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape));
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double cube = 1 + c * normal;
      cube = cube * cube * cube;
      if (cube > 0
          && Math.log(random.nextDouble())
              < normal * normal / 2 + d - d * cube + d * Math.log(cube)) {
        return d * cube;
      }
    }
  }
}
