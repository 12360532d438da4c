package soloist.spi;

import java.time.Instant;
import java.util.List;

/**
 * People and columns, as a {@link Profiler} gets them. Arrays are handed over, not copied: nobody
 * writes to them any more.
 *
 * @param asOf the instant that counts as now
 * @param people profile ids, one a row
 * @param columns in the order in which they were asked for, each as long as {@code people}
 */
public record Table(Instant asOf, List<String> people, List<Column> columns) {

  /** One fact of everybody. */
  public sealed interface Column {
    String key();

    int size();
  }

  /** Numbers; NaN where there is none. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Numbers(String key, double[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** Instants in milliseconds since 1970; {@link #NONE} where there is none. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Times(String key, long[] values) implements Column {
    public static final long NONE = Long.MIN_VALUE;

    @Override
    public int size() {
      return values.length;
    }
  }

  /** Texts; empty where there is none. */
  public record Texts(String key, List<String> values) implements Column {
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  /**
   * Everything of one type that happened to everybody. The events of row {@code r} are {@code
   * first[r]} (with) to {@code first[r + 1]} (without), oldest first; the items of event {@code e}
   * are {@code firstItem[e]} to {@code firstItem[e + 1]} of {@code items}, each once.
   *
   * @param key the event type
   * @param first one longer than there are people
   * @param times milliseconds since 1970, none after {@code asOf}
   * @param amounts what was paid, in {@code currencies}; NaN where none was told
   * @param currencies by event an index into {@code names}, -1 where no amount was told
   * @param firstItem one longer than there are events
   * @param items indexes into {@code names}: the products of an order
   * @param names of items and currencies (ISO 4217)
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Events(
      String key,
      int[] first,
      long[] times,
      double[] amounts,
      int[] currencies,
      int[] firstItem,
      int[] items,
      List<String> names)
      implements Column {
    public Events {
      names = List.copyOf(names);
    }

    @Override
    public int size() {
      return first.length - 1;
    }
  }

  public Table {
    people = List.copyOf(people);
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.size() != people.size()) {
        throw new IllegalArgumentException(
            "column " + column.key() + " has " + column.size() + " rows, not " + people.size());
      }
    }
  }
}
