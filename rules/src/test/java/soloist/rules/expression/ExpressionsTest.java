package soloist.rules.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Map<String, Unit> UNITS =
      Map.of(
          "spent_EUR", new Unit.Money("EUR"),
          "spent_USD", new Unit.Money("USD"),
          "orders", Unit.COUNT,
          "first_order", Unit.MOMENT,
          "age", Unit.ANY,
          "vip", Unit.ANY,
          "city", Unit.ANY);
  private static final Map<String, Object> FACTS =
      Map.of(
          "spent_EUR",
          new BigDecimal("120.00"),
          "orders",
          new BigDecimal("4"),
          "first_order",
          NOW.minus(Duration.ofDays(730).plusHours(5)),
          "vip",
          true,
          "city",
          "Leipzig");

  @Test
  void moneyByOrdersIsTheAverageOrderAndMoney() {
    assertEquals(Optional.of(new BigDecimal("30")), value("[spent_EUR] / [orders]"));
    assertEquals(new Unit.Money("EUR"), read("[spent_EUR] / [orders]").unit());
    assertEquals(Unit.ANY, read("[spent_EUR] / [spent_EUR]").unit());
    assertEquals(new Unit.Money("EUR"), read("max([spent_EUR] - 10, 0)").unit());
  }

  @Test
  void daysSinceByAYearAreYears() {
    assertEquals(Optional.of(new BigDecimal("2")), value("days([first_order]) / 365"));
    assertEquals(Unit.DAYS, read("days([first_order])").unit());
  }

  @Test
  void theUsualOrderOfSignsCounts() {
    assertEquals(Optional.of(new BigDecimal("10")), value("2 + [orders] * 2"));
    assertEquals(Optional.of(new BigDecimal("-12")), value("-[orders] * (1 + 2)"));
    assertEquals(Optional.of(new BigDecimal("0.5")), value("[orders] / 4 / 2"));
    assertEquals(Optional.of(new BigDecimal("1.386294")), value("ln([orders])"));
    assertEquals(Optional.of(new BigDecimal("30")), value("如果（[orders] ≥ 4，[spent_EUR] ÷ 4，0）"));
    assertEquals(Optional.of(new BigDecimal("5")), value("[orders] + [vip]"));
  }

  @Test
  void whatIsMissingOrHasNoAnswerIsNotKnown() {
    assertEquals(Optional.empty(), value("[age] + 1"));
    assertEquals(Optional.empty(), value("[city] * 2"));
    assertEquals(Optional.empty(), value("[orders] / ([orders] - 4)"));
    assertEquals(Optional.empty(), value("ln([orders] - 4)"));
    assertEquals(Optional.empty(), value("[spent_EUR] * 999999999999999 * 999999999999999"));
    assertEquals(Optional.of(BigDecimal.ONE), value("if([orders] > 3, 1, [age])"));
  }

  @Test
  void itChangesByItselfWhenADayIsOver() {
    Instant first = (Instant) FACTS.get("first_order");

    Instant next = changesAt("days([first_order]) / 365", NOW).orElseThrow();

    assertEquals(first.plus(Duration.ofDays(731)), next);
    assertEquals(
        first.plus(Duration.ofDays(732)), changesAt("days([first_order])", next).orElseThrow());
    assertEquals(Optional.empty(), changesAt("[spent_EUR] / [orders]", NOW));
  }

  @Test
  void aFaultSaysWhereAndWhat() {
    assertFault(13, "formula-ends", "[spent_EUR] +");
    assertFault(0, "formula-sign", "* [orders]");
    assertFault(0, "formula-bracket", "[orders");
    assertFault(4, "formula-field", "1 + [nothing]");
    assertFault(4, "formula-moment", "1 + [first_order]");
    assertFault(9, "formula-function", "[orders]+sum(1)");
    assertFault(12, "formula-units", "[spent_EUR] + [orders]");
    assertFault(12, "formula-currencies", "[spent_EUR] + [spent_USD]");
    assertFault(12, "formula-money", "[spent_EUR] * [spent_EUR]");
    assertFault(12, "formula-rate", "[spent_EUR] / [spent_USD]");
    assertFault(12, "formula-comparison", "if([orders] , 1, 2)");
    assertFault(4, "formula-arguments", "1 + min([orders])");
    assertFault(9, "formula-end", "[orders] 2");
    assertFault(0, "formula-number", "1.2.3 + [orders]");
    assertFault(0, "formula-constant", "1 + 2");
    assertFault(5, "formula-days", "days([orders])");
    assertFault(20, "formula-deep", "(".repeat(40) + "[orders]" + ")".repeat(40));
    assertFault(500, "formula-long", "1 + ".repeat(200) + "[orders]");
  }

  private static void assertFault(int position, String code, String text) {
    InvalidExpression fault = assertThrows(InvalidExpression.class, () -> read(text), text);
    assertEquals(code + " at " + position, fault.code() + " at " + fault.position(), text);
  }

  private static ExpressionReader.Read read(String text) {
    return ExpressionReader.read(text, key -> Optional.ofNullable(UNITS.get(key)));
  }

  private static Optional<BigDecimal> value(String text) {
    return Expressions.value(
        read(text).expression(), key -> Optional.ofNullable(FACTS.get(key)), NOW);
  }

  private static Optional<Instant> changesAt(String text, Instant now) {
    return Expressions.changesAt(
        read(text).expression(),
        key -> Optional.ofNullable(FACTS.get(key)),
        _ -> Optional.empty(),
        now);
  }
}
