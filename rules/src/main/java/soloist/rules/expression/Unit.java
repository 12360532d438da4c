package soloist.rules.expression;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What a number counts, as far as that is known. */
public sealed interface Unit {

  /** Nothing is known of it, so it goes with everything: ages, incomes, numbers in the formula. */
  record Any() implements Unit {}

  /** How many orders, visits and the like. */
  record Count() implements Unit {}

  record Days() implements Unit {}

  /** An instant, which is no number until it is asked how many days ago it was. */
  record Moment() implements Unit {}

  /**
   * @param currency ISO 4217
   */
  record Money(String currency) implements Unit {
    public Money {
      requireNonNull(currency);
    }
  }

  Unit ANY = new Any();
  Unit COUNT = new Count();
  Unit DAYS = new Days();
  Unit MOMENT = new Moment();

  /** What both are when they are added or compared; empty where that says nothing. */
  static Optional<Unit> together(Unit one, Unit other) {
    if (one.equals(ANY)) {
      return Optional.of(other);
    }
    return other.equals(ANY) || other.equals(one) ? Optional.of(one) : Optional.empty();
  }

  /** Empty for money times money. */
  static Optional<Unit> product(Unit one, Unit other) {
    if (one instanceof Money) {
      return other instanceof Money ? Optional.empty() : Optional.of(one);
    }
    return Optional.of(other instanceof Money ? other : ANY);
  }

  /** Empty for money in one currency divided by money in another. */
  static Optional<Unit> quotient(Unit one, Unit other) {
    if (one instanceof Money && other instanceof Money) {
      return one.equals(other) ? Optional.of(ANY) : Optional.empty();
    }
    return Optional.of(one instanceof Money ? one : ANY);
  }
}
