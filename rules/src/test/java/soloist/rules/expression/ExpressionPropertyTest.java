package soloist.rules.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.rules.Generator;
import soloist.rules.expression.Expression.Call;
import soloist.rules.expression.Expression.Choice;
import soloist.rules.expression.Expression.Comparison;
import soloist.rules.expression.Expression.Constant;
import soloist.rules.expression.Expression.DaysSince;
import soloist.rules.expression.Expression.Function;
import soloist.rules.expression.Expression.Operation;
import soloist.rules.expression.Expression.Operator;
import soloist.rules.expression.Expression.Trait;

/**
 * Random formulas, written in random ways, are read as what they are, and give a number or none.
 */
class ExpressionPropertyTest {
  private static final int CASES = 3_000;
  private static final int DEPTH = 4;
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final List<String> KEYS =
      List.of("orders", "spent_EUR", "times_30d:email.clicked", "tag:regular guest", "年龄");

  private final long seed = Generator.seed();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void whatIsWrittenIsRead() {
    for (int i = 0; i < CASES; i++) {
      Expression expression = new Operation(Operator.PLUS, trait(), expression(DEPTH));
      String text = written(expression);
      if (text.length() <= ExpressionReader.LONGEST) {
        assertEquals(expression, read(text), () -> "seed " + seed + ": " + text);
      }
    }
  }

  @Test
  void anyTextIsReadOrSaidToBeWrongAtAPlaceInIt() {
    String signs = "[]()+-*/,.<>=≥ 0123ordesmaxiflnday，（）÷×";
    for (int i = 0; i < CASES; i++) {
      String text =
          random
              .ints(random.nextInt(1, 30), 0, signs.length())
              .mapToObj(at -> signs.substring(at, at + 1))
              .collect(Collectors.joining());
      try {
        read(text);
      } catch (InvalidExpression e) {
        assertTrue(
            e.position() >= 0 && e.position() <= text.length(), () -> "seed " + seed + ": " + text);
      }
    }
  }

  @Test
  void whatIsNotKnownOrHasNoAnswerIsNoNumber() {
    for (int i = 0; i < CASES; i++) {
      Expression expression = expression(DEPTH);
      Map<String, Object> facts =
          KEYS.stream()
              .filter(_ -> random.nextInt(4) > 0)
              .collect(
                  Collectors.toMap(
                      key -> key, _ -> BigDecimal.valueOf(random.nextInt(-20, 1_000_000), 2)));

      Optional<BigDecimal> value =
          Expressions.value(expression, key -> Optional.ofNullable(facts.get(key)), NOW);

      double expected = plainly(expression, facts);
      String told = "seed " + seed + ": " + expression + " of " + facts;
      if (Double.isFinite(expected) && Math.abs(expected) < 1e9 && value.isPresent()) {
        double room = 1e-5 + 1e-6 * Math.abs(expected);
        // Beside a jump, two ways of rounding may fall on two sides.
        boolean jumps = expression.toString().contains("Choice");
        assertTrue(jumps || Math.abs(expected - value.get().doubleValue()) <= room, told);
      }
      if (Double.isNaN(expected) && !expression.toString().contains("Choice")) {
        assertEquals(Optional.empty(), value, told);
      }
    }
  }

  /** The same in the arithmetic of the machine, where what has no answer is NaN. */
  private static double plainly(Expression expression, Map<String, Object> facts) {
    return switch (expression) {
      case Constant(BigDecimal value) -> value.doubleValue();
      case Trait(String key) ->
          facts.get(key) instanceof BigDecimal value ? value.doubleValue() : Double.NaN;
      case DaysSince _ -> Double.NaN;
      case Operation(Operator operator, Expression left, Expression right) -> {
        double one = plainly(left, facts);
        double other = plainly(right, facts);
        yield switch (operator) {
          case PLUS -> one + other;
          case MINUS -> one - other;
          case TIMES -> one * other;
          case DIVIDED_BY -> other == 0 ? Double.NaN : one / other;
        };
      }
      case Call(Function function, List<Expression> of) -> {
        double[] all = of.stream().mapToDouble(each -> plainly(each, facts)).toArray();
        yield switch (function) {
          case MIN -> Math.min(all[0], all[1]);
          case MAX -> Math.max(all[0], all[1]);
          case LN -> all[0] > 0 ? Math.log(all[0]) : Double.NaN;
          case LOG -> all[0] > 0 ? Math.log10(all[0]) : Double.NaN;
          case ABS -> Math.abs(all[0]);
        };
      }
      case Choice choice -> {
        double one = plainly(choice.left(), facts);
        double other = plainly(choice.right(), facts);
        boolean holds =
            switch (choice.comparison()) {
              case LESS -> one < other;
              case AT_MOST -> one <= other;
              case EQUAL -> one == other;
              case AT_LEAST -> one >= other;
              case MORE -> one > other;
            };
        yield Double.isNaN(one + other)
            ? Double.NaN
            : plainly(holds ? choice.then() : choice.otherwise(), facts);
      }
    };
  }

  private static Expression read(String text) {
    return ExpressionReader.read(text, _ -> Optional.of(Unit.ANY)).expression();
  }

  private Expression expression(int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(7)) {
      case 0 -> new Constant(BigDecimal.valueOf(random.nextInt(10_000), random.nextInt(3)));
      case 1 -> random.nextInt(8) == 0 ? new DaysSince(key()) : trait();
      case 2, 3, 4 ->
          new Operation(
              Operator.values()[random.nextInt(4)], expression(depth - 1), expression(depth - 1));
      case 5 -> {
        Function function = Function.values()[random.nextInt(5)];
        yield new Call(
            function,
            IntStream.range(0, function.fewest).mapToObj(_ -> expression(depth - 1)).toList());
      }
      default ->
          new Choice(
              expression(depth - 1),
              Comparison.values()[random.nextInt(5)],
              expression(depth - 1),
              expression(depth - 1),
              expression(depth - 1));
    };
  }

  private Trait trait() {
    return new Trait(key());
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private String written(Expression expression) {
    return switch (expression) {
      case Constant(BigDecimal value) -> value.toPlainString();
      case Trait(String key) -> bracket(key);
      case DaysSince(String key) -> name("days", "距今天数") + open() + bracket(key) + close();
      case Operation(Operator operator, Expression left, Expression right) ->
          open()
              + written(left)
              + blank()
              + one("+＋,-－,*×,/÷".split(",", -1)[operator.ordinal()])
              + blank()
              + written(right)
              + close();
      case Call(Function function, List<Expression> of) ->
          name(
                  function.name().toLowerCase(Locale.ROOT),
                  List.of("最小", "最大", "自然对数", "对数", "绝对值").get(function.ordinal()))
              + open()
              + of.stream().map(this::written).collect(Collectors.joining(one(",，")))
              + close();
      case Choice choice ->
          name("if", "如果")
              + open()
              + written(choice.left())
              + List.of("<", "<=", "=", "≥", ">").get(choice.comparison().ordinal())
              + written(choice.right())
              + one(",，")
              + written(choice.then())
              + one(",，")
              + written(choice.otherwise())
              + close();
    };
  }

  private static String bracket(String key) {
    return "[" + key + "]";
  }

  private String name(String english, String chinese) {
    return random.nextBoolean() ? english : chinese;
  }

  private String open() {
    return one("(（") + blank();
  }

  private String close() {
    return blank() + one(")）");
  }

  private String blank() {
    return random.nextInt(3) == 0 ? " " : "";
  }

  private String one(String signs) {
    int at = random.nextInt(signs.length());
    return signs.substring(at, at + 1);
  }
}
