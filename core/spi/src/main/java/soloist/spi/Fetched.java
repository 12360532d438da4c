package soloist.spi;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing read by a {@link Connector}. Rows count from 1 and name the place in the source where
 * the owner can find it; of a file it is the number of the record, the header not counted.
 */
public sealed interface Fetched {

  long row();

  /**
   * A customer with facts.
   *
   * @param identifiers by kind ({@code email}, {@code userId}, {@code phone}), as they were written
   * @param traits String, BigDecimal, Boolean or Instant by key
   */
  record Customer(long row, Map<String, String> identifiers, Map<String, Object> traits)
      implements Fetched {
    public Customer {
      identifiers = kept(identifiers);
      traits = kept(traits);
    }
  }

  /**
   * An order with all of its lines.
   *
   * @param id the order's number in its shop; orders of the same number are one order
   * @param identifiers of the buyer; empty when the source names none
   * @param total null for the sum of the lines
   * @param currency ISO 4217, null when the source does not say
   * @param returned whether it takes goods back; its amounts are negative then
   */
  record Order(
      long row,
      String id,
      Map<String, String> identifiers,
      Instant time,
      @Nullable BigDecimal total,
      @Nullable String currency,
      boolean returned,
      List<Line> lines)
      implements Fetched {
    public Order {
      identifiers = kept(identifiers);
      lines = List.copyOf(lines);
    }
  }

  /** One line of an order; what the source does not tell is null. */
  record Line(
      String product,
      @Nullable String name,
      @Nullable String category,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal price) {}

  /** Something that is sold; {@code facts} are String, BigDecimal, Boolean or Instant by key. */
  record Product(
      long row,
      String id,
      @Nullable String name,
      @Nullable String category,
      @Nullable BigDecimal price,
      @Nullable String currency,
      Map<String, Object> facts)
      implements Fetched {
    public Product {
      facts = kept(facts);
    }
  }

  /**
   * A row that cannot be taken. The others go on.
   *
   * @param field the column, empty when it is the whole row
   * @param code stable, such as {@code email-invalid}
   * @param reason what is wrong and how to mend it
   * @param raw the row as it was written, at most 10,000 characters
   */
  record Rejected(long row, String field, String code, Text reason, String raw)
      implements Fetched {}

  private static <V> Map<String, V> kept(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
