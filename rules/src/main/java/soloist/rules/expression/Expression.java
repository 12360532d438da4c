package soloist.rules.expression;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/**
 * A formula over the traits of one person, such as {@code [spent_EUR] / [orders]}. {@link
 * ExpressionReader} makes one of a text, {@link Expressions} gives it its meaning.
 */
public sealed interface Expression {

  record Constant(BigDecimal value) implements Expression {
    public Constant {
      requireNonNull(value);
    }
  }

  /** The number under a key; true is 1, false 0. */
  record Trait(String key) implements Expression {
    public Trait {
      requireNonNull(key);
    }
  }

  /** How many whole days ago the instant under a key was. */
  record DaysSince(String key) implements Expression {
    public DaysSince {
      requireNonNull(key);
    }
  }

  record Operation(Operator operator, Expression left, Expression right) implements Expression {
    public Operation {
      requireNonNull(operator);
      requireNonNull(left);
      requireNonNull(right);
    }
  }

  record Call(Function function, List<Expression> of) implements Expression {
    public Call {
      requireNonNull(function);
      of = List.copyOf(of);
      if (of.size() < function.fewest || of.size() > function.most) {
        throw new IllegalArgumentException(function + " of " + of.size());
      }
    }
  }

  /** {@code then} where the comparison holds, else {@code otherwise}. */
  record Choice(
      Expression left,
      Comparison comparison,
      Expression right,
      Expression then,
      Expression otherwise)
      implements Expression {
    public Choice {
      requireNonNull(left);
      requireNonNull(comparison);
      requireNonNull(right);
      requireNonNull(then);
      requireNonNull(otherwise);
    }
  }

  enum Operator {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY
  }

  enum Function {
    MIN(2, 10),
    MAX(2, 10),
    /** To the base of e. */
    LN(1, 1),
    /** To the base of 10. */
    LOG(1, 1),
    ABS(1, 1);

    final int fewest;
    final int most;

    Function(int fewest, int most) {
      this.fewest = fewest;
      this.most = most;
    }
  }

  enum Comparison {
    LESS,
    AT_MOST,
    EQUAL,
    AT_LEAST,
    MORE
  }
}
