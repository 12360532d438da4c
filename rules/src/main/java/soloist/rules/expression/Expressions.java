package soloist.rules.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import soloist.rules.expression.Expression.Call;
import soloist.rules.expression.Expression.Choice;
import soloist.rules.expression.Expression.Comparison;
import soloist.rules.expression.Expression.Constant;
import soloist.rules.expression.Expression.DaysSince;
import soloist.rules.expression.Expression.Operation;
import soloist.rules.expression.Expression.Operator;
import soloist.rules.expression.Expression.Trait;

/** What a formula means. Pure functions of a formula and what is known of one person. */
public final class Expressions {
  private static final MathContext DIGITS = MathContext.DECIMAL64;
  private static final int DECIMALS = 6;

  /** What is larger measures nothing that a company has. */
  private static final BigDecimal MOST = BigDecimal.TEN.pow(15);

  private Expressions() {}

  /**
   * The number, to six decimals. Empty where a fact is not known that it takes, where it is divided
   * by zero, the logarithm of what is not positive, or beyond 10^15: such a number is never
   * guessed.
   *
   * @param traits the value under a key: BigDecimal, Boolean or Instant where it is to be of use
   */
  public static Optional<BigDecimal> value(
      Expression expression, Function<String, Optional<Object>> traits, Instant now) {
    return Optional.ofNullable(number(expression, traits, now))
        .map(number -> number.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros())
        .map(number -> number.scale() < 0 ? number.setScale(0) : number);
  }

  /**
   * The next instant after now at which the number may change as time passes and nothing else
   * happens.
   *
   * @param changes the same of the value under a key
   */
  public static Optional<Instant> changesAt(
      Expression expression,
      Function<String, Optional<Object>> traits,
      Function<String, Optional<Instant>> changes,
      Instant now) {
    Stream<Instant> ofTraits =
        keys(expression).stream().flatMap(key -> changes.apply(key).stream());
    Stream<Instant> ofDays =
        leaves(expression)
            .flatMap(leaf -> leaf instanceof DaysSince(String key) ? Stream.of(key) : Stream.of())
            .flatMap(key -> traits.apply(key).stream())
            .flatMap(value -> value instanceof Instant since ? Stream.of(since) : Stream.of())
            .map(
                since ->
                    since.isAfter(now)
                        ? since
                        : since.plus(Duration.ofDays(Duration.between(since, now).toDays() + 1)));
    return Stream.concat(ofTraits, ofDays).min(Instant::compareTo);
  }

  /** The keys that it asks for, in its order. */
  public static Set<String> keys(Expression expression) {
    Set<String> keys = new LinkedHashSet<>();
    leaves(expression)
        .forEach(
            leaf -> {
              if (leaf instanceof Trait(String key)) {
                keys.add(key);
              } else if (leaf instanceof DaysSince(String key)) {
                keys.add(key);
              }
            });
    return keys;
  }

  private static Stream<Expression> leaves(Expression expression) {
    return switch (expression) {
      case Constant _, Trait _, DaysSince _ -> Stream.of(expression);
      case Operation(Operator _, Expression left, Expression right) ->
          Stream.of(left, right).flatMap(Expressions::leaves);
      case Call(Expression.Function _, List<Expression> of) ->
          of.stream().flatMap(Expressions::leaves);
      case Choice(
              Expression left,
              Comparison _,
              Expression right,
              Expression then,
              Expression otherwise) ->
          Stream.of(left, right, then, otherwise).flatMap(Expressions::leaves);
    };
  }

  private static @Nullable BigDecimal number(
      Expression expression, Function<String, Optional<Object>> traits, Instant now) {
    return switch (expression) {
      case Constant(BigDecimal value) -> value;
      case Trait(String key) -> number(traits.apply(key).orElse(null));
      case DaysSince(String key) -> days(traits.apply(key).orElse(null), now);
      case Operation(Operator operator, Expression left, Expression right) -> {
        BigDecimal one = number(left, traits, now);
        BigDecimal other = number(right, traits, now);
        yield one == null || other == null ? null : number(operator, one, other);
      }
      case Call(Expression.Function function, List<Expression> of) -> {
        BigDecimal first = number(of.getFirst(), traits, now);
        for (Expression each : of.subList(1, of.size())) {
          BigDecimal other = number(each, traits, now);
          first = first == null || other == null ? null : extreme(function, first, other);
        }
        yield first == null ? null : of(function, first);
      }
      case Choice(
              Expression left,
              Comparison comparison,
              Expression right,
              Expression then,
              Expression otherwise) -> {
        BigDecimal one = number(left, traits, now);
        BigDecimal other = number(right, traits, now);
        yield one == null || other == null
            ? null
            : number(holds(comparison, one.compareTo(other)) ? then : otherwise, traits, now);
      }
    };
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    return switch (value) {
      case BigDecimal number -> within(number);
      case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
      case null, default -> null;
    };
  }

  private static @Nullable BigDecimal days(@Nullable Object value, Instant now) {
    return value instanceof Instant since && !since.isAfter(now)
        ? BigDecimal.valueOf(Duration.between(since, now).toDays())
        : null;
  }

  private static @Nullable BigDecimal number(Operator operator, BigDecimal one, BigDecimal other) {
    return switch (operator) {
      case PLUS -> within(one.add(other, DIGITS));
      case MINUS -> within(one.subtract(other, DIGITS));
      case TIMES -> within(one.multiply(other, DIGITS));
      case DIVIDED_BY -> other.signum() == 0 ? null : within(one.divide(other, DIGITS));
    };
  }

  private static BigDecimal extreme(
      Expression.Function function, BigDecimal one, BigDecimal other) {
    return function == Expression.Function.MIN ? one.min(other) : one.max(other);
  }

  private static @Nullable BigDecimal of(Expression.Function function, BigDecimal value) {
    return switch (function) {
      case MIN, MAX -> value;
      case ABS -> value.abs();
      case LN -> value.signum() > 0 ? BigDecimal.valueOf(Math.log(value.doubleValue())) : null;
      case LOG -> value.signum() > 0 ? BigDecimal.valueOf(Math.log10(value.doubleValue())) : null;
    };
  }

  private static boolean holds(Comparison comparison, int order) {
    return switch (comparison) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case EQUAL -> order == 0;
      case AT_LEAST -> order >= 0;
      case MORE -> order > 0;
    };
  }

  private static @Nullable BigDecimal within(BigDecimal number) {
    return number.abs().compareTo(MOST) > 0 ? null : number;
  }
}
