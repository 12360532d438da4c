package soloist.profiler.predict;

import soloist.spi.Text;

/** What is known of a customer from his orders until an instant. */
enum Fact {
  SINCE_LAST("days since the last order", "距最近一次下单的天数"),
  ORDERS("orders", "订单数"),
  ORDERS_30("orders within 30 days", "30 天内订单数"),
  ORDERS_90("orders within 90 days", "90 天内订单数"),
  ORDERS_365("orders within 365 days", "365 天内订单数"),
  AGE("days since the first order", "距首次下单的天数"),
  GAP("days between orders on average", "平均下单间隔天数"),
  LATENESS("times that span since the last order", "距最近下单为平均间隔的倍数"),
  SPENT("amount of all orders", "全部订单金额"),
  SPENT_90("amount of the orders within 90 days", "90 天内订单金额"),
  LAST_AMOUNT("amount of the last order", "最近一单金额"),
  PRODUCTS("different products", "不同产品数");

  private final Text name;

  Fact(String en, String zh) {
    name = new Text(en, zh);
  }

  Text words() {
    return name;
  }
}
