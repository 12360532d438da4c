package soloist.profiler.value;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import soloist.learning.value.Amounts;
import soloist.learning.value.BgNbd;
import soloist.learning.value.Buying;
import soloist.learning.value.GammaGamma;
import soloist.learning.value.Orders;
import soloist.learning.value.Swing;

/**
 * What was learnt of future orders: the models that fit best, and others that may be true as well.
 *
 * @param orders first the best, then the others
 * @param amounts as many
 * @param factors as many: by which all orders together may move away from steady habits, first 1
 */
record Worth(List<BgNbd> orders, List<GammaGamma> amounts, List<Double> factors) {
  /** Others; their spread is told, which twenty-four tell within a seventh of it. */
  private static final int DRAWS = 24;

  /** From here 80 % of a normal distribution lie to both sides. */
  private static final double REACH = 1.2816;

  Worth {
    orders = List.copyOf(orders);
    amounts = List.copyOf(amounts);
    factors = List.copyOf(factors);
  }

  /** At least one customer must have come back, with an amount in the currency. */
  static Worth of(List<Buying> customers, Swing swing, long seed) {
    Random random = new Random(seed);
    Orders learntOrders = Orders.shrunk(customers);
    Amounts learntAmounts = Amounts.shrunk(customers);
    List<BgNbd> orders = new ArrayList<>(List.of(learntOrders.best()));
    orders.addAll(learntOrders.draws(DRAWS, random));
    List<GammaGamma> amounts = new ArrayList<>(List.of(learntAmounts.best()));
    amounts.addAll(learntAmounts.draws(DRAWS, random));
    List<Double> factors = new ArrayList<>(List.of(1.0));
    swing.factors(random).limit(DRAWS).forEach(factors::add);
    return new Worth(orders, amounts, factors);
  }

  /** A figure with 80 % of what may be true as well. */
  record Told(double value, double low, double high) {
    static Told of(double[] bestAndOthers) {
      double best = bestAndOthers[0];
      double[] logs =
          DoubleStream.of(bestAndOthers)
              .skip(1)
              .map(each -> Math.log(Math.clamp(each, 1e-9, 1e12)))
              .toArray();
      double mean = DoubleStream.of(logs).average().orElseThrow();
      double variance =
          DoubleStream.of(logs).map(log -> (log - mean) * (log - mean)).sum() / (logs.length - 1);
      double factor = Math.exp(REACH * Math.sqrt(variance));
      return new Told(best, best / factor, best * factor);
    }
  }

  /**
   * What is to be expected of a customer.
   *
   * @param silent the chance of no order
   */
  record Outlook(Told orders, Told spent, Told silent) {}

  Outlook outlook(double weeks, Buying buying) {
    int count = orders.size();
    double[] expected = new double[count];
    double[] spent = new double[count];
    double[] odds = new double[count];
    for (int i = 0; i < count; i++) {
      expected[i] = orders(i, weeks, buying);
      spent[i] = spent(i, weeks, buying);
      // Where all buy twice as fast, a week is as two.
      double chance = orders.get(i).silent(weeks * factors.get(i), buying);
      odds[i] = chance / (1 - chance);
    }
    Told told = Told.of(odds);
    return new Outlook(
        Told.of(expected),
        Told.of(spent),
        new Told(part(told.value), part(told.low), part(told.high)));
  }

  /** Orders that one of the models expects of a customer. */
  private double orders(int model, double weeks, Buying buying) {
    return factors.get(model) * orders.get(model).expected(weeks, buying);
  }

  /** Spending that one of the models expects of a customer. */
  double spent(int model, double weeks, Buying buying) {
    return orders(model, weeks, buying) * amounts.get(model).expected(buying);
  }

  private static double part(double odds) {
    return Double.isInfinite(odds) ? 1 : odds / (1 + odds);
  }

  double amount(Buying buying) {
    return amounts.getFirst().expected(buying);
  }

  double alive(Buying buying) {
    return orders.getFirst().alive(buying);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(orders.size());
    for (int i = 0; i < orders.size(); i++) {
      BgNbd model = orders.get(i);
      GammaGamma amount = amounts.get(i);
      for (double parameter :
          new double[] {
            model.r(),
            model.alpha(),
            model.a(),
            model.b(),
            amount.p(),
            amount.q(),
            amount.v(),
            factors.get(i)
          }) {
        out.writeDouble(parameter);
      }
    }
  }

  static Worth read(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 2 || count > 1_000) {
      throw new IOException(count + " models");
    }
    List<BgNbd> orders = new ArrayList<>();
    List<GammaGamma> amounts = new ArrayList<>();
    List<Double> factors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(new BgNbd(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
      amounts.add(new GammaGamma(in.readDouble(), in.readDouble(), in.readDouble()));
      factors.add(in.readDouble());
    }
    return new Worth(orders, amounts, factors);
  }
}
