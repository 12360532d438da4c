package soloist.profiler.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import soloist.profiler.value.Customers.Customer;
import soloist.spi.Text;

/** The facts behind each score, in words. */
final class Sentences {
  private final Scales scales;
  private final String currency;
  private final String all;

  Sentences(Scales scales, String currency) {
    this.scales = scales;
    this.currency = currency;
    this.all = Integer.toString(scales.people());
  }

  Text recency(Customer customer) {
    long days = (long) customer.days();
    int percent = scales.recency().percentBelow(-customer.days());
    String ago = days == 0 ? "today" : days == 1 ? "yesterday" : days + " days ago";
    String before = days == 0 ? "今天" : days + " 天前";
    return new Text(
        "last order "
            + ago
            + (percent == 0
                ? ", among the longest ago of your " + all + " customers"
                : ", more lately than " + percent + " % of your " + all + " customers"),
        "最近一次下单在"
            + before
            + (percent == 0
                ? "，在您的 " + all + " 位客户中属于最久未购买的"
                : "，比您 " + all + " 位客户中的 " + percent + " % 更近"));
  }

  Text frequency(Customer customer) {
    long orders = (long) customer.orders();
    return compared(
        orders == 1 ? "1 order" : orders + " orders",
        orders + " 个订单",
        scales.frequency().percentBelow(customer.orders()));
  }

  Text monetary(Customer customer) {
    String amount =
        BigDecimal.valueOf(customer.spent()).setScale(2, RoundingMode.HALF_UP).toPlainString();
    return compared(
        "spent " + amount + " " + currency,
        "消费 " + amount + " " + currency,
        scales.monetary().percentBelow(customer.spent()));
  }

  static Text score(Scores scores) {
    String parts = scores.recency() + " + " + scores.frequency() + " + " + scores.monetary();
    return new Text(
        parts + " for how lately, how often and for how much", parts + "（近度 + 频度 + 金额）");
  }

  private Text compared(String en, String zh, int percent) {
    return percent == 0
        ? new Text(
            en + ", among the least of your " + all + " customers",
            zh + "，在您的 " + all + " 位客户中属于最少的")
        : new Text(
            en + ", more than " + percent + " % of your " + all + " customers",
            zh + "，多于您 " + all + " 位客户中的 " + percent + " %");
  }
}
