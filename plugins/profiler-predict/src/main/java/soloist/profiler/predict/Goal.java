package soloist.profiler.predict;

import java.util.Locale;
import soloist.spi.Text;

/** What may be foretold of a customer. */
enum Goal {
  CHURN(90, "no order comes", "不再下单"),
  NEXT_PURCHASE(30, "an order comes", "再次下单"),
  PROPENSITY(30, "an order of the product comes", "购买该产品"),
  RISK(30, "the event comes", "发生该事件");

  private final int days;
  private final Text happens;

  Goal(int days, String en, String zh) {
    this.days = days;
    this.happens = new Text(en, zh);
  }

  /** How it is written in the settings. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The key of the trait that holds the chance. */
  String trait() {
    return "p_" + name().toLowerCase(Locale.ROOT);
  }

  /** Within how many days, when the owner names no other number. */
  int days() {
    return days;
  }

  Text happens() {
    return happens;
  }
}
