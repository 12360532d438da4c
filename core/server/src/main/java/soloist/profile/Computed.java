package soloist.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import soloist.http.Texts;
import soloist.spi.Text;

/**
 * The facts that follow from a person's habits at an instant. Nothing of them is stored, so what
 * lies within the last 30 days is right whenever it is asked; what somebody told under the same key
 * stands before it.
 *
 * <p>Keys: {@code first_seen}, {@code last_seen}, {@code favourite_category}, {@code
 * favourite_brand}, {@code preferred_hour} (0 to 23, UTC); {@code times:TYPE}, {@code
 * times_30d:TYPE}, {@code times_90d:TYPE} and {@code last:TYPE} of each event type; {@code
 * spent_30d_CUR}, {@code spent_90d_CUR} and {@code average_order_CUR} of each currency; of the
 * lines of orders {@code items} (pieces), {@code different_products}, {@code mean_price_CUR} (of a
 * piece) and {@code share:CATEGORY} (0 to 1, the part of the pieces).
 */
public final class Computed {
  static final String SOURCE = "computed";

  private static final int[] WINDOWS = {30, 90};
  private static final int MONTH = WINDOWS[0];
  private static final int QUARTER = WINDOWS[1];

  /** Of fewer no habit can be told. */
  private static final long FEWEST_FOR_AN_HOUR = 3;

  private static final Pattern KEY =
      Pattern.compile(
          "(times|last):(.+)|(times|spent)_(30|90)d(?::|_(?=[A-Z]{3}$))(.+)|(average_order|mean_price)_(.+)|(share):(.+)");

  private enum Kind {
    FIRST_SEEN,
    LAST_SEEN,
    FAVOURITE_CATEGORY,
    FAVOURITE_BRAND,
    PREFERRED_HOUR,
    TIMES,
    LAST,
    SPENT,
    AVERAGE_ORDER,
    ITEMS,
    DIFFERENT_PRODUCTS,
    MEAN_PRICE,
    SHARE
  }

  /**
   * What a key asks for.
   *
   * @param days of the window, 0 for all time
   * @param of the event type, currency or category, empty where there is none
   */
  private record Asked(Kind kind, int days, String of) {

    static @Nullable Asked by(String key) {
      return switch (key) {
        case "first_seen" -> new Asked(Kind.FIRST_SEEN, 0, "");
        case "last_seen" -> new Asked(Kind.LAST_SEEN, 0, "");
        case "favourite_category" -> new Asked(Kind.FAVOURITE_CATEGORY, 0, "");
        case "favourite_brand" -> new Asked(Kind.FAVOURITE_BRAND, 0, "");
        case "preferred_hour" -> new Asked(Kind.PREFERRED_HOUR, 0, "");
        case "items" -> new Asked(Kind.ITEMS, 0, "");
        case "different_products" -> new Asked(Kind.DIFFERENT_PRODUCTS, 0, "");
        default -> counted(key);
      };
    }

    private static @Nullable Asked counted(String key) {
      Matcher matcher = KEY.matcher(key);
      if (!matcher.matches()) {
        return null;
      }
      if (matcher.group(1) != null) {
        boolean isLast = matcher.group(1).equals("last");
        return new Asked(isLast ? Kind.LAST : Kind.TIMES, 0, matcher.group(2));
      }
      if (matcher.group(3) != null) {
        boolean isMoney = matcher.group(3).equals("spent");
        int days = Integer.parseInt(matcher.group(4));
        return new Asked(isMoney ? Kind.SPENT : Kind.TIMES, days, matcher.group(5));
      }
      if (matcher.group(6) != null) {
        boolean isOrder = matcher.group(6).equals("average_order");
        return new Asked(isOrder ? Kind.AVERAGE_ORDER : Kind.MEAN_PRICE, 0, matcher.group(7));
      }
      return new Asked(Kind.SHARE, 0, matcher.group(9));
    }

    /** What is counted for it, if it is counted and there is any. */
    @Nullable Count count(Habits habits) {
      return switch (kind) {
        case TIMES, LAST -> habits.did().get(of);
        case SPENT, AVERAGE_ORDER -> habits.spent().get(of);
        case FIRST_SEEN,
            LAST_SEEN,
            FAVOURITE_CATEGORY,
            FAVOURITE_BRAND,
            PREFERRED_HOUR,
            ITEMS,
            DIFFERENT_PRODUCTS,
            MEAN_PRICE,
            SHARE ->
            null;
      };
    }
  }

  private Computed() {}

  /** Whether a key is one of them. */
  public static boolean isOne(String key) {
    return Asked.by(key) != null;
  }

  /** The value of one of them at an instant; empty for any other key. */
  public static Optional<Object> value(Habits habits, String key, Instant now) {
    Asked asked = Asked.by(key);
    return asked == null ? Optional.empty() : value(habits, asked, now);
  }

  /** All of them with their evidence, by key. */
  static Map<String, Trait> traits(Habits habits, Instant now) {
    Map<String, Trait> traits = new TreeMap<>();
    for (String key : keys(habits)) {
      Asked asked = Asked.by(key);
      if (asked != null) {
        value(habits, asked, now)
            .ifPresent(value -> traits.put(key, trait(habits, asked, value, now)));
      }
    }
    return traits;
  }

  /** The values of all of them, by key. */
  public static Map<String, Object> values(Habits habits, Instant now) {
    Map<String, Object> values = new TreeMap<>();
    keys(habits).forEach(key -> value(habits, key, now).ifPresent(it -> values.put(key, it)));
    return values;
  }

  /** When the value of a key may change by itself; empty when it never does. */
  public static Optional<Instant> changesAt(Habits habits, String key, Instant now) {
    Asked asked = Asked.by(key);
    Count count = asked == null ? null : asked.count(habits);
    return asked == null || count == null || asked.days() == 0
        ? Optional.empty()
        : Optional.ofNullable(count.endsWithin(asked.days(), now));
  }

  private static List<String> keys(Habits habits) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "first_seen",
                "last_seen",
                "favourite_category",
                "favourite_brand",
                "preferred_hour",
                "items",
                "different_products"));
    habits.bought().categories().forEach(category -> keys.add("share:" + category));
    habits.bought().currencies().forEach(currency -> keys.add("mean_price_" + currency));
    for (String type : habits.did().keySet()) {
      keys.add("times:" + type);
      keys.add("last:" + type);
      for (int days : WINDOWS) {
        keys.add("times_" + days + "d:" + type);
      }
    }
    for (String currency : habits.spent().keySet()) {
      keys.add("average_order_" + currency);
      for (int days : WINDOWS) {
        keys.add("spent_" + days + "d_" + currency);
      }
    }
    return keys;
  }

  private static Optional<Object> value(Habits habits, Asked asked, Instant now) {
    Count count = asked.count(habits);
    return switch (asked.kind()) {
      case FIRST_SEEN -> habits.first().map(Moment::at);
      case LAST_SEEN -> habits.last().map(Moment::at);
      case FAVOURITE_CATEGORY -> habits.categories().favourite().map(Object.class::cast);
      case FAVOURITE_BRAND -> habits.brands().favourite().map(Object.class::cast);
      case PREFERRED_HOUR -> {
        OptionalInt hour = hour(habits.hours().toArray());
        yield hour.isPresent()
            ? Optional.of(BigDecimal.valueOf(hour.getAsInt()))
            : Optional.empty();
      }
      case TIMES, SPENT -> Optional.ofNullable(count).map(it -> sum(it, asked.days(), now));
      case LAST -> Optional.ofNullable(count).map(it -> it.last().at());
      case AVERAGE_ORDER ->
          Optional.ofNullable(count).filter(it -> it.times() > 0).map(Computed::average);
      case ITEMS -> Optional.of(habits.bought()).filter(it -> !it.isEmpty()).map(Bought::pieces);
      case DIFFERENT_PRODUCTS ->
          Optional.of(BigDecimal.valueOf(habits.bought().differentProducts()))
              .filter(it -> it.signum() > 0)
              .map(Object.class::cast);
      case MEAN_PRICE -> habits.bought().meanPrice(asked.of()).map(Object.class::cast);
      case SHARE -> habits.bought().share(asked.of()).map(Object.class::cast);
    };
  }

  private static BigDecimal sum(Count count, int days, Instant now) {
    return days == 0 ? count.sum() : count.within(days, now);
  }

  private static BigDecimal average(Count orders) {
    return Count.normal(
        orders.sum().divide(BigDecimal.valueOf(orders.times()), 2, RoundingMode.HALF_UP));
  }

  /** The hour in which most is done, of equals the earliest. */
  private static OptionalInt hour(long[] hours) {
    if (IntStream.range(0, hours.length).mapToLong(hour -> hours[hour]).sum()
        < FEWEST_FOR_AN_HOUR) {
      return OptionalInt.empty();
    }
    return IntStream.range(0, hours.length)
        .reduce((one, other) -> hours[other] > hours[one] ? other : one);
  }

  private static Trait trait(Habits habits, Asked asked, Object value, Instant now) {
    Moment moment = decided(habits, asked);
    return new Trait(
        value, SOURCE, moment.at(), moment.event(), because(habits, asked, value, now));
  }

  /** The event that decided the value, or was the last to change it. */
  private static Moment decided(Habits habits, Asked asked) {
    Count count = asked.count(habits);
    Optional<Moment> moment =
        switch (asked.kind()) {
          case FIRST_SEEN -> habits.first();
          case FAVOURITE_CATEGORY -> habits.categories().last();
          case FAVOURITE_BRAND -> habits.brands().last();
          case LAST_SEEN, PREFERRED_HOUR -> habits.last();
          case TIMES, LAST, SPENT, AVERAGE_ORDER -> Optional.ofNullable(count).map(Count::last);
          case ITEMS, DIFFERENT_PRODUCTS, MEAN_PRICE, SHARE -> habits.bought().last();
        };
    return moment.orElseThrow();
  }

  private static @Nullable Text because(Habits habits, Asked asked, Object value, Instant now) {
    Count count = asked.count(habits);
    return switch (asked.kind()) {
      case FIRST_SEEN, LAST_SEEN, LAST, ITEMS, DIFFERENT_PRODUCTS -> null;
      case FAVOURITE_CATEGORY -> favourite(habits.categories(), value);
      case FAVOURITE_BRAND -> favourite(habits.brands(), value);
      case PREFERRED_HOUR -> {
        int hour = ((BigDecimal) value).intValue();
        long[] hours = habits.hours().toArray();
        yield text("computed-hour", hours[hour], habits.hours().sum(), hour, (hour + 1) % 24);
      }
      case TIMES -> {
        Count did = Objects.requireNonNull(count);
        yield asked.days() == 0
            ? text("computed-times", did.within(MONTH, now), did.within(QUARTER, now))
            : text("computed-days", did.daysWithin(asked.days(), now), asked.days());
      }
      case SPENT -> {
        Count paid = Objects.requireNonNull(count);
        yield text("computed-spent", paid.daysWithin(asked.days(), now), asked.days());
      }
      case AVERAGE_ORDER -> {
        Count paid = Objects.requireNonNull(count);
        yield text("computed-average", paid.sum().toPlainString(), asked.of(), paid.times());
      }
      case MEAN_PRICE -> {
        BigDecimal pieces = habits.bought().priced(asked.of());
        yield text("computed-price", pieces.toPlainString());
      }
      case SHARE -> {
        Bought bought = habits.bought();
        String pieces = bought.pieces(asked.of()).toPlainString();
        yield text("computed-share", pieces, bought.sorted().toPlainString());
      }
    };
  }

  private static Text favourite(Mentions mentions, Object name) {
    return text("computed-favourite", mentions.times((String) name), mentions.events());
  }

  private static Text text(String key, Object... values) {
    List<String> told = Arrays.stream(values).map(String::valueOf).toList();
    return new Text(Texts.say(Texts.ENGLISH, key, told), Texts.say(Texts.CHINESE, key, told));
  }
}
