package soloist.profiler.basket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import soloist.learning.basket.Rule;
import soloist.spi.Text;

/** Rules in words. */
final class Words {
  /** A name of a product may be a whole line. */
  private static final int LONGEST_NAME = 60;

  private final List<String> names;
  private final boolean isOrder;

  Words(List<String> names, BasketSettings.Of basket) {
    this.names = names;
    isOrder = basket == BasketSettings.Of.ORDER;
  }

  /** "tea, pot → cup". */
  Text rule(Rule rule) {
    return new Text(
        from(rule, ", ") + " → " + name(rule.to()), from(rule, "、") + " → " + name(rule.to()));
  }

  /** Why a product goes with what somebody has. */
  Text evidence(Rule rule) {
    String percent = percent(rule.confidence());
    String lift = number(rule.lift());
    return new Text(
        "has "
            + from(rule, " and ")
            + ": of "
            + rule.fromCount()
            + (isOrder ? " orders" : " customers")
            + " with that "
            + rule.both()
            + " ("
            + percent
            + " %) have "
            + name(rule.to())
            + " as well, "
            + lift
            + " times as often as usual",
        "已购 "
            + from(rule, "、")
            + "："
            + rule.fromCount()
            + (isOrder ? " 个此类订单" : " 位此类客户")
            + "中有 "
            + rule.both()
            + (isOrder ? " 个" : " 位")
            + "（"
            + percent
            + " %）同时含 "
            + name(rule.to())
            + "，为平常的 "
            + lift
            + " 倍");
  }

  String name(int item) {
    String name = names.get(item);
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private String from(Rule rule, String between) {
    List<String> from = new ArrayList<>();
    for (int item : rule.from()) {
      from.add(name(item));
    }
    return String.join(between, from);
  }

  static String percent(double part) {
    return number(100 * part);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.1f", value);
  }
}
