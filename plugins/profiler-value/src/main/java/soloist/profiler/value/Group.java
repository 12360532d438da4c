package soloist.profiler.value;

import java.util.Locale;
import soloist.spi.Text;

/** Every customer with orders is in exactly one. */
enum Group {
  HIGH_VALUE("buys lately, often and for much", "近期购买、次数多、金额高"),
  LOYAL("buys lately and often", "近期购买、次数多"),
  POTENTIAL("buys lately, but not often yet", "近期购买，但次数还不多"),
  NEW("bought for the first time, and lately", "近期首次购买"),
  AT_RISK("used to buy often or for much, but not lately", "过去购买多，但近期没有购买"),
  LAPSED("bought little, and not lately", "购买少，且近期没有购买");

  private final Text meaning;

  Group(String en, String zh) {
    this.meaning = new Text(en, zh);
  }

  /** The value of the trait {@code rfm_group}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Text meaning() {
    return meaning;
  }
}
