package soloist.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import soloist.lane.Row;
import soloist.store.Values;

/**
 * What a person's orders held: how many pieces, of which categories, at which prices, and how many
 * different products. A line without a quantity is one piece. Small whatever was bought, and the
 * same in whatever order the orders come: where there are too many categories or products, those
 * that come first in a fixed order are kept.
 */
final class Bought {
  static final int MOST_PRODUCTS = 128;

  private static final int BYTES = 512;
  private static final int BYTES_A_PRODUCT = 10;
  private static final int BYTES_A_PRICE = 96;
  private static final int LONGEST = 60;

  private @Nullable Moment last;
  private BigDecimal pieces = BigDecimal.ZERO;
  private BigDecimal sorted = BigDecimal.ZERO;
  private final SortedMap<String, BigDecimal> categories = new TreeMap<>();
  private final SortedMap<String, Price> prices = new TreeMap<>();

  /** Hashes of their names, which say how many there are and not which. */
  private final SortedSet<Integer> products = new TreeSet<>();

  /** What pieces with a price came to. */
  private record Price(BigDecimal pieces, BigDecimal sum) {
    Price with(BigDecimal more, BigDecimal price) {
      return new Price(Count.normal(pieces.add(more)), Count.normal(sum.add(more.multiply(price))));
    }
  }

  boolean isEmpty() {
    return last == null;
  }

  Optional<Moment> last() {
    return Optional.ofNullable(last);
  }

  BigDecimal pieces() {
    return pieces;
  }

  /** The pieces whose category was told. */
  BigDecimal sorted() {
    return sorted;
  }

  BigDecimal pieces(String category) {
    return categories.getOrDefault(category, BigDecimal.ZERO);
  }

  List<String> categories() {
    return List.copyOf(categories.keySet());
  }

  List<String> currencies() {
    return List.copyOf(prices.keySet());
  }

  /** At most {@link #MOST_PRODUCTS}. */
  int differentProducts() {
    return products.size();
  }

  /** The part of the pieces that were of the category, to four decimals. */
  Optional<BigDecimal> share(String category) {
    return sorted.signum() <= 0 || !categories.containsKey(category)
        ? Optional.empty()
        : Optional.of(Count.normal(pieces(category).divide(sorted, 4, RoundingMode.HALF_UP)));
  }

  /** What a piece cost on average. */
  Optional<BigDecimal> meanPrice(String currency) {
    Price price = prices.get(currency);
    return price == null || price.pieces().signum() <= 0
        ? Optional.empty()
        : Optional.of(Count.normal(price.sum().divide(price.pieces(), 2, RoundingMode.HALF_UP)));
  }

  /** The pieces behind {@link #meanPrice}. */
  BigDecimal priced(String currency) {
    Price price = prices.get(currency);
    return price == null ? BigDecimal.ZERO : price.pieces();
  }

  /** Counts what an order held. */
  void add(Row order, Moment moment) {
    Object currency = order.properties().get("currency");
    if (order.properties().get("lines") instanceof List<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> told) {
          add(told, currency, moment);
        }
      }
    } else if (order.properties().get("product") instanceof String) {
      add(order.properties(), currency, moment);
    }
  }

  private void add(Map<?, ?> line, @Nullable Object currency, Moment moment) {
    BigDecimal quantity = line.get("quantity") instanceof BigDecimal told ? told : BigDecimal.ONE;
    if (quantity.signum() <= 0) {
      return;
    }
    last = Moment.later(last, moment);
    pieces = Count.normal(pieces.add(quantity));
    if (line.get("category") instanceof String category
        && !category.isBlank()
        && category.length() <= LONGEST) {
      sorted = Count.normal(sorted.add(quantity));
      String name = category.strip();
      if (Habits.first(categories, name, Habits.MOST_NAMES, () -> BigDecimal.ZERO) != null) {
        categories.computeIfPresent(name, (_, sum) -> Count.normal(sum.add(quantity)));
      }
    }
    if (line.get("price") instanceof BigDecimal price && currency instanceof String of) {
      Price none = new Price(BigDecimal.ZERO, BigDecimal.ZERO);
      if (Habits.first(prices, of, Habits.MOST_CURRENCIES, () -> none) != null) {
        prices.computeIfPresent(of, (_, sum) -> sum.with(quantity, price));
      }
    }
    if (line.get("product") instanceof String product && !product.isBlank()) {
      products.add(product.strip().hashCode());
      if (products.size() > MOST_PRODUCTS) {
        products.removeLast();
      }
    }
  }

  /** A bound that costs less than writing it out. */
  long atMostBytes() {
    return BYTES
        + (long) BYTES_A_PRODUCT * products.size()
        + (long) BYTES_A_PRICE * prices.size()
        + categories.keySet().stream().mapToLong(name -> 40L + 3L * name.length()).sum();
  }

  /** Names may hold what no key may, so they are values here. */
  Document toDocument() {
    Document written = new Document();
    prices.forEach(
        (currency, price) ->
            written.append(
                currency,
                new Document("pieces", new Decimal128(price.pieces()))
                    .append("sum", new Decimal128(price.sum()))));
    return new Document("last", last == null ? null : last.toDocument())
        .append("pieces", new Decimal128(pieces))
        .append("sorted", new Decimal128(sorted))
        .append("names", List.copyOf(categories.keySet()))
        .append("of", categories.values().stream().map(Decimal128::new).toList())
        .append("prices", written)
        .append("products", List.copyOf(products));
  }

  static Bought of(Document document) {
    Bought bought = new Bought();
    bought.last = Moment.of(Values.document(document, "last"));
    bought.pieces = number(document, "pieces");
    bought.sorted = number(document, "sorted");
    List<String> names = document.getList("names", String.class);
    List<Decimal128> of = document.getList("of", Decimal128.class);
    for (int i = 0; i < names.size(); i++) {
      bought.categories.put(names.get(i), of.get(i).bigDecimalValue());
    }
    Values.document(document, "prices")
        .forEach(
            (currency, price) ->
                bought.prices.put(
                    currency,
                    new Price(
                        number((Document) price, "pieces"), number((Document) price, "sum"))));
    bought.products.addAll(document.getList("products", Integer.class));
    return bought;
  }

  private static BigDecimal number(Document document, String key) {
    return document.get(key, Decimal128.class).bigDecimalValue();
  }
}
