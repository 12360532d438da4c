package soloist.spi;

import java.util.List;

/**
 * What the fields of a source mean.
 *
 * @param kind what a record is
 * @param targets one for each field, in the order of {@link Survey#fields}: {@code ""} for a field
 *     that is left out, an identifier ({@code email}, {@code userId}, {@code phone}), {@code
 *     trait:KEY} for a fact, or one of the words of the kind: {@code order.id}, {@code order.time},
 *     {@code order.total}, {@code order.currency}, {@code line.product}, {@code line.name}, {@code
 *     line.category}, {@code line.quantity}, {@code line.price}, {@code product.id}, {@code
 *     product.name}, {@code product.category}, {@code product.price}, {@code product.currency}
 */
public record Mapping(Kind kind, List<String> targets) {

  /** What one record of the source tells of. */
  public enum Kind {
    CUSTOMERS,
    ORDERS,
    PRODUCTS
  }

  public Mapping {
    targets = List.copyOf(targets);
  }
}
