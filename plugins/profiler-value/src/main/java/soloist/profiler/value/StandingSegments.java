package soloist.profiler.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import soloist.spi.Profiler.StandingSegment;
import soloist.spi.Text;

/** The segments that stand on these traits. */
final class StandingSegments {
  private static final List<StandingSegment> LASTING =
      List.of(
          new StandingSegment(
              "high-value",
              new Text("High-value customers", "高价值客户"),
              new Text(
                  "Buy lately (3 or more of 5), often and for much (4 or more each).",
                  "近期购买（近度至少 3 分），次数多、金额高（频度、金额均至少 4 分）。"),
              inGroup(Group.HIGH_VALUE)),
          new StandingSegment(
              "loyal",
              new Text("Loyal customers", "忠诚客户"),
              new Text(
                  "Buy lately (3 or more of 5) and often (4 or more); high-value customers are"
                      + " among them.",
                  "近期购买（近度至少 3 分）且次数多（频度至少 4 分）；包含高价值客户。"),
              "{\"any\": [" + inGroup(Group.LOYAL) + ", " + inGroup(Group.HIGH_VALUE) + "]}"),
          new StandingSegment(
              "potential",
              new Text("Customers with potential", "潜力客户"),
              new Text("Buy lately (3 or more of 5), but not often yet.", "近期购买（近度至少 3 分），但次数还不多。"),
              inGroup(Group.POTENTIAL)),
          new StandingSegment(
              "new",
              new Text("New customers", "新客户"),
              new Text("One order so far, and lately (4 or more of 5).", "只有一个订单，且在近期（近度至少 4 分）。"),
              inGroup(Group.NEW)),
          new StandingSegment(
              "prospects",
              new Text("Prospects", "潜在客户"),
              new Text("Known, but without an order.", "已有资料，但还没有订单。"),
              "{\"not\": " + atLeast("orders", "1") + "}"));

  private StandingSegments() {}

  /**
   * All of them, with those at risk last.
   *
   * @param risk from which chance in percent that no order comes
   */
  static List<StandingSegment> of(int risk) {
    List<StandingSegment> all = new ArrayList<>(LASTING);
    all.add(atRisk(risk));
    return List.copyOf(all);
  }

  private static StandingSegment atRisk(int risk) {
    String chance = BigDecimal.valueOf(risk, 2).stripTrailingZeros().toPlainString();
    return new StandingSegment(
        "at-risk",
        new Text("Customers at risk", "流失风险客户"),
        new Text(
            "Used to buy often or for much (3 or more of 5), and with a chance of "
                + risk
                + " % or more there will be no further order; as long as nothing can be foretold:"
                + " not lately (2 or less).",
            "过去购买多（频度或金额至少 3 分），且今后不再下单的可能性不低于 " + risk + " %；尚不能预测时：近期没有购买（近度至多 2 分）。"),
        "{\"any\": [{\"all\": ["
            + atLeast("churn_risk", chance)
            + ", {\"any\": ["
            + atLeast("rfm_frequency", "3")
            + ", "
            + atLeast("rfm_monetary", "3")
            + "]}]}, {\"all\": ["
            + inGroup(Group.AT_RISK)
            + ", {\"not\": "
            + atLeast("churn_risk", "0")
            + "}]}]}");
  }

  private static String inGroup(Group group) {
    return "{\"trait\": \"rfm_group\", \"comparison\": \"equal\", \"value\": \""
        + group.word()
        + "\", \"type\": \"text\"}";
  }

  private static String atLeast(String trait, String value) {
    return "{\"trait\": \""
        + trait
        + "\", \"comparison\": \"atLeast\", \"value\": \""
        + value
        + "\", \"type\": \"number\"}";
  }
}
