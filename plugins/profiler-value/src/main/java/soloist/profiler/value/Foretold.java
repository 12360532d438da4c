package soloist.profiler.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import soloist.learning.value.Buying;
import soloist.profiler.value.Worth.Told;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Text;

/** What is foretold of one customer, with the facts behind it. */
final class Foretold {
  private final Worth worth;
  private final ValueSettings settings;

  Foretold(Worth worth, ValueSettings settings) {
    this.worth = worth;
    this.settings = settings;
  }

  List<Prediction> of(Buying buying) {
    Worth.Outlook outlook = worth.outlook(settings.weeks(), buying);
    Told orders = outlook.orders();
    Told spent = outlook.spent();
    Told silent = outlook.silent();
    double alive = worth.alive(buying);
    // Expected orders are those of a customer who is there, times the chance that he is.
    double lost = spent.value() * (1 / Math.max(1e-6, alive) - 1);
    List<Prediction> said = new ArrayList<>();
    said.add(number("expected_orders", orders.value(), 2, orders(orders, buying)));
    said.add(number("clv", spent.value(), 2, spending(orders, spent, buying)));
    said.add(number("p_alive", alive, 3, alive(buying)));
    said.add(number("churn_risk", silent.value(), 3, risk(silent, buying)));
    said.add(number("retention_value", lost, 2, retention(spent, alive)));
    return said;
  }

  /** What customers who were brought are worth: as much as customers are on average. */
  Prediction referral(int referrals, double mean) {
    String each = figure(mean, 2);
    return number(
        "referral_value",
        referrals * mean,
        2,
        new Text(
            referrals + " referred × " + each + " that a customer is worth on average",
            "推荐 " + referrals + " 人 × 客户平均价值 " + each));
  }

  private Text orders(Told orders, Buying buying) {
    return new Text(
        "within "
            + counted(settings.months(), "month")
            + ", on average "
            + figure(orders.low(), 1)
            + " to "
            + figure(orders.high(), 1)
            + " (80 %); "
            + habit(buying).en(),
        "今后 "
            + settings.months()
            + " 个月平均 "
            + figure(orders.low(), 1)
            + " 至 "
            + figure(orders.high(), 1)
            + " 单（80 %）；"
            + habit(buying).zh());
  }

  private Text spending(Told orders, Told spent, Buying buying) {
    String formula =
        figure(orders.value(), 2)
            + " × "
            + figure(worth.amount(buying), 2)
            + " "
            + settings.currency();
    String range = figure(spent.low(), 2) + "–" + figure(spent.high(), 2);
    return new Text(
        "expected orders × amount of an order, " + formula + "; 80 % " + range,
        "预计订单数 × 每单金额：" + formula + "；80 % 区间 " + range);
  }

  private Text alive(Buying buying) {
    return new Text(
        "chance that they have not left: " + habit(buying).en(), "尚未流失的可能性：" + habit(buying).zh());
  }

  private Text risk(Told silent, Buying buying) {
    String range = percent(silent.low()) + "–" + percent(silent.high());
    return new Text(
        "chance of no order within "
            + counted(settings.months(), "month")
            + ", 80 % "
            + range
            + "; "
            + habit(buying).en(),
        "今后 " + settings.months() + " 个月没有订单的可能性，80 % 区间 " + range + "；" + habit(buying).zh());
  }

  private Text retention(Told spent, double alive) {
    String formula =
        figure(spent.value(), 2) + " ÷ " + percent(alive) + " − " + figure(spent.value(), 2);
    return new Text(
        "what is lost if they have left: clv ÷ chance that they have not − clv, " + formula,
        "若已流失则损失的价值：客户价值 ÷ 未流失的可能性 − 客户价值，" + formula);
  }

  /** The facts that the models go by. */
  private static Text habit(Buying buying) {
    long age = Math.round(buying.age());
    if (buying.repeats() == 0) {
      return age == 0
          ? new Text("one day with orders, this week", "只在本周的一天下过单")
          : new Text(
              "one day with orders, " + counted(age, "week") + " ago", "只在 " + age + " 周前的一天下过单");
    }
    long gap = Math.round(buying.last() / buying.repeats() * 7);
    long since = Math.round((buying.age() - buying.last()) * 7);
    return new Text(
        "came back "
            + counted(buying.repeats(), "time")
            + ", every "
            + counted(gap, "day")
            + ", last "
            + counted(since, "day")
            + " ago",
        "回购 " + buying.repeats() + " 次，平均每 " + gap + " 天一次，最近一次在 " + since + " 天前");
  }

  private static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static Prediction number(String key, double value, int digits, Text evidence) {
    return new Prediction(key, decimal(value, digits), evidence);
  }

  private static BigDecimal decimal(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
  }

  private static String figure(double value, int digits) {
    return decimal(value, digits).toPlainString();
  }

  private static String percent(double part) {
    return Math.round(100 * part) + " %";
  }
}
