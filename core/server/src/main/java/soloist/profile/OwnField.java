package soloist.profile;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import soloist.rules.expression.Expression;
import soloist.rules.expression.ExpressionReader;
import soloist.rules.expression.Expressions;
import soloist.rules.expression.InvalidExpression;
import soloist.rules.expression.Unit;

/**
 * A number that the owner makes of other facts. Its formula never changes, so whoever asks by its
 * key is always answered the same way; another formula is another field.
 *
 * @param key such as {@code own:average-order}
 * @param name by language
 * @param formula as it was written
 * @param unit of the number
 * @param isRemoved whether it is offered no more; who asks for it still gets an answer
 */
public record OwnField(
    String key,
    Map<String, String> name,
    String formula,
    Expression expression,
    Unit unit,
    boolean isRemoved,
    Instant at) {
  static final String PREFIX = "own:";

  private static final Pattern KEY = Pattern.compile("[^\\[\\].$\\p{Cntrl}\\p{Cs}]{1,64}");
  private static final Pattern MONEY =
      Pattern.compile("(?:spent|average_order|mean_price)_(?:\\d+d_)?([A-Z]{3})");
  private static final Pattern COUNT =
      Pattern.compile("orders|returns|items|different_products|times(_\\d+d)?:.+");
  private static final Pattern MOMENT =
      Pattern.compile("first_order|last_order|first_seen|last_seen|last:.+");

  public OwnField {
    name = Map.copyOf(name);
  }

  static boolean isOne(String key) {
    return key.startsWith(PREFIX);
  }

  /**
   * Reads a formula.
   *
   * @throws InvalidExpression that says where it stops to make sense
   */
  static ExpressionReader.Read read(String formula) {
    return ExpressionReader.read(formula, OwnField::unit);
  }

  /** What is counted under a key; empty where a formula cannot ask for it. */
  private static Optional<Unit> unit(String key) {
    if (isOne(key) || !(KEY.matcher(key).matches() || Computed.isOne(key))) {
      return Optional.empty();
    }
    Optional<String> currency = currency(key);
    if (currency.isPresent()) {
      return Optional.of(new Unit.Money(currency.get()));
    }
    if (MOMENT.matcher(key).matches()) {
      return Optional.of(Unit.MOMENT);
    }
    return Optional.of(COUNT.matcher(key).matches() ? Unit.COUNT : Unit.ANY);
  }

  /** The currency of an amount that is counted here, by its key. */
  static Optional<String> currency(String key) {
    Matcher money = MONEY.matcher(key);
    return money.matches() ? Optional.of(money.group(1)) : Optional.empty();
  }

  Optional<String> currency() {
    return unit instanceof Unit.Money(String currency) ? Optional.of(currency) : Optional.empty();
  }

  /** Its value for somebody, given what else is known. */
  Optional<BigDecimal> value(Function<String, Optional<Object>> traits, Instant now) {
    return Expressions.value(expression, traits, now);
  }
}
