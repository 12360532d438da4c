package soloist.rules.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import soloist.rules.expression.Expression.Call;
import soloist.rules.expression.Expression.Choice;
import soloist.rules.expression.Expression.Comparison;
import soloist.rules.expression.Expression.Constant;
import soloist.rules.expression.Expression.DaysSince;
import soloist.rules.expression.Expression.Operation;
import soloist.rules.expression.Expression.Operator;
import soloist.rules.expression.Expression.Trait;

/**
 * Reads one formula by recursive descent: keys of traits in square brackets, numbers, {@code + - *
 * /}, round brackets, {@code min max ln log abs}, {@code days([key])}, and {@code if(a >= b, then,
 * otherwise)}. Signs as they are typed in Chinese mean the same, and so do Chinese names of the
 * functions. What is added or compared must be of one unit.
 */
public final class ExpressionReader {
  static final int LONGEST = 500;
  static final int DEEPEST = 20;

  private static final int MOST_DIGITS = 18;

  private static final Map<Character, Character> SAME =
      Map.ofEntries(
          Map.entry('（', '('),
          Map.entry('）', ')'),
          Map.entry('，', ','),
          Map.entry('、', ','),
          Map.entry('×', '*'),
          Map.entry('＊', '*'),
          Map.entry('÷', '/'),
          Map.entry('／', '/'),
          Map.entry('＋', '+'),
          Map.entry('－', '-'),
          Map.entry('−', '-'),
          Map.entry('【', '['),
          Map.entry('】', ']'),
          Map.entry('［', '['),
          Map.entry('］', ']'),
          Map.entry('＜', '<'),
          Map.entry('＞', '>'),
          Map.entry('＝', '='),
          Map.entry('．', '.'),
          Map.entry('\u3000', ' '));

  private static final Map<String, String> NAMES =
      Map.of(
          "最小", "min", "最大", "max", "自然对数", "ln", "对数", "log", "绝对值", "abs", "距今天数", "days", "如果",
          "if");

  /** A part and what it counts. */
  private record Part(Expression expression, Unit unit) {}

  private final String text;
  private final Function<String, Optional<Unit>> fields;
  private int at;
  private int depth;

  private ExpressionReader(String text, Function<String, Optional<Unit>> fields) {
    this.text = text;
    this.fields = fields;
  }

  /**
   * A formula and what its number counts.
   *
   * @param unit of the number
   */
  public record Read(Expression expression, Unit unit) {}

  /**
   * Reads it.
   *
   * @param fields the unit of a key; empty where a formula cannot ask for it
   * @throws InvalidExpression that says where it stops to make sense
   */
  public static Read read(String text, Function<String, Optional<Unit>> fields) {
    if (text.length() > LONGEST) {
      throw new InvalidExpression(LONGEST, "formula-long", Integer.toString(LONGEST));
    }
    ExpressionReader reader = new ExpressionReader(text, fields);
    Part whole = reader.sum();
    if (reader.peek() != 0) {
      throw reader.fault("formula-end", reader.shown());
    }
    if (Expressions.keys(whole.expression()).isEmpty()) {
      throw new InvalidExpression(0, "formula-constant");
    }
    return new Read(whole.expression(), whole.unit());
  }

  private Part sum() {
    if (++depth > DEEPEST) {
      throw fault("formula-deep", Integer.toString(DEEPEST));
    }
    Part left = product();
    while (peek() == '+' || peek() == '-') {
      int sign = at;
      Operator operator = next() == '+' ? Operator.PLUS : Operator.MINUS;
      Part right = product();
      left =
          new Part(
              new Operation(operator, left.expression(), right.expression()),
              together(left, right, sign));
    }
    depth--;
    return left;
  }

  private Part product() {
    Part left = signed();
    while (peek() == '*' || peek() == '/') {
      int sign = at;
      boolean isProduct = next() == '*';
      Part right = signed();
      Optional<Unit> unit =
          isProduct
              ? Unit.product(left.unit(), right.unit())
              : Unit.quotient(left.unit(), right.unit());
      left =
          new Part(
              new Operation(
                  isProduct ? Operator.TIMES : Operator.DIVIDED_BY,
                  left.expression(),
                  right.expression()),
              unit.orElseThrow(
                  () -> new InvalidExpression(sign, isProduct ? "formula-money" : "formula-rate")));
    }
    return left;
  }

  private Part signed() {
    if (peek() != '-') {
      return part();
    }
    next();
    if (++depth > DEEPEST) {
      throw fault("formula-deep", Integer.toString(DEEPEST));
    }
    Part of = signed();
    depth--;
    return new Part(
        of.expression() instanceof Constant(BigDecimal value)
            ? new Constant(value.negate())
            : new Operation(Operator.MINUS, new Constant(BigDecimal.ZERO), of.expression()),
        of.unit());
  }

  private Part part() {
    char sign = peek();
    if (sign == '(') {
      next();
      Part inner = sum();
      expect(')');
      return inner;
    }
    if (sign == '[') {
      int begins = at;
      String key = key();
      Unit unit =
          fields.apply(key).orElseThrow(() -> new InvalidExpression(begins, "formula-field", key));
      if (unit.equals(Unit.MOMENT)) {
        throw new InvalidExpression(begins, "formula-moment", key);
      }
      return new Part(new Trait(key), unit);
    }
    if (sign >= '0' && sign <= '9') {
      return new Part(new Constant(number()), Unit.ANY);
    }
    if (Character.isLetter(sign)) {
      return call();
    }
    throw sign == 0 ? fault("formula-ends") : fault("formula-sign", shown());
  }

  private String key() {
    int begins = at;
    next();
    int ends = at;
    while (ends < text.length() && plain(ends) != ']') {
      ends++;
    }
    if (ends == text.length()) {
      throw new InvalidExpression(begins, "formula-bracket");
    }
    String key = text.substring(at, ends).strip();
    at = ends + 1;
    return key;
  }

  private BigDecimal number() {
    int begins = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || plain(at) == '.')) {
      at++;
    }
    String written = text.substring(begins, at).replace('．', '.');
    try {
      BigDecimal number = new BigDecimal(written);
      if (written.length() <= MOST_DIGITS) {
        return number;
      }
    } catch (NumberFormatException _) {
      throw new InvalidExpression(begins, "formula-number", written);
    }
    throw new InvalidExpression(begins, "formula-number", written);
  }

  private Part call() {
    int begins = at;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    String word = text.substring(begins, at);
    String name = NAMES.getOrDefault(word, word.toLowerCase(Locale.ROOT));
    switch (name) {
      case "days" -> {
        return days();
      }
      case "if" -> {
        return choice();
      }
      case "min", "max", "ln", "log", "abs" -> {
        return call(Expression.Function.valueOf(name.toUpperCase(Locale.ROOT)), begins);
      }
      default -> throw new InvalidExpression(begins, "formula-function", word);
    }
  }

  private Part days() {
    expect('(');
    if (peek() != '[') {
      throw fault("formula-days");
    }
    int begins = at;
    String key = key();
    Unit unit =
        fields.apply(key).orElseThrow(() -> new InvalidExpression(begins, "formula-field", key));
    if (!unit.equals(Unit.MOMENT) && !unit.equals(Unit.ANY)) {
      throw new InvalidExpression(begins, "formula-days");
    }
    expect(')');
    return new Part(new DaysSince(key), Unit.DAYS);
  }

  private Part call(Expression.Function function, int begins) {
    expect('(');
    List<Expression> of = new ArrayList<>();
    Part first = sum();
    of.add(first.expression());
    Unit unit = first.unit();
    while (peek() == ',') {
      int sign = at;
      next();
      Part other = sum();
      of.add(other.expression());
      unit = together(new Part(first.expression(), unit), other, sign);
    }
    expect(')');
    if (of.size() < function.fewest || of.size() > function.most) {
      throw new InvalidExpression(
          begins,
          "formula-arguments",
          function.name().toLowerCase(Locale.ROOT),
          Integer.toString(function.fewest),
          Integer.toString(function.most));
    }
    return new Part(
        new Call(function, of),
        switch (function) {
          case MIN, MAX, ABS -> unit;
          case LN, LOG -> Unit.ANY;
        });
  }

  private Part choice() {
    expect('(');
    Part left = sum();
    int sign = at;
    Comparison comparison = comparison();
    Part right = sum();
    together(left, right, sign);
    expect(',');
    Part then = sum();
    int between = at;
    expect(',');
    Part otherwise = sum();
    expect(')');
    return new Part(
        new Choice(
            left.expression(),
            comparison,
            right.expression(),
            then.expression(),
            otherwise.expression()),
        together(then, otherwise, between));
  }

  private Comparison comparison() {
    char sign = peek();
    switch (sign) {
      case '≥' -> {
        next();
        return Comparison.AT_LEAST;
      }
      case '≤' -> {
        next();
        return Comparison.AT_MOST;
      }
      case '=' -> {
        next();
        return Comparison.EQUAL;
      }
      case '<', '>' -> {
        next();
        boolean orEqual = at < text.length() && plain(at) == '=';
        at += orEqual ? 1 : 0;
        if (sign == '<') {
          return orEqual ? Comparison.AT_MOST : Comparison.LESS;
        }
        return orEqual ? Comparison.AT_LEAST : Comparison.MORE;
      }
      default -> throw fault("formula-comparison");
    }
  }

  private static Unit together(Part one, Part other, int sign) {
    return Unit.together(one.unit(), other.unit())
        .orElseThrow(
            () ->
                one.unit() instanceof Unit.Money(String first)
                        && other.unit() instanceof Unit.Money(String second)
                    ? new InvalidExpression(sign, "formula-currencies", first, second)
                    : new InvalidExpression(sign, "formula-units"));
  }

  private void expect(char sign) {
    if (peek() != sign) {
      throw fault("formula-expects", String.valueOf(sign));
    }
    next();
  }

  /** The next sign that is no blank, 0 at the end. */
  private char peek() {
    while (at < text.length() && Character.isWhitespace(plain(at))) {
      at++;
    }
    return at == text.length() ? 0 : plain(at);
  }

  private char next() {
    char sign = peek();
    at++;
    return sign;
  }

  private char plain(int position) {
    char sign = text.charAt(position);
    return SAME.getOrDefault(sign, sign);
  }

  private String shown() {
    return text.substring(at, Math.min(text.length(), at + 1));
  }

  private InvalidExpression fault(String code, String... values) {
    return new InvalidExpression(at, code, values);
  }
}
