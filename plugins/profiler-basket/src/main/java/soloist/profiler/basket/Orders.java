package soloist.profiler.basket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.basket.Baskets;
import soloist.spi.Table;

/** The events of a table as baskets, the oldest first. */
final class Orders {
  private final Table.Events events;

  /**
   * @throws IllegalArgumentException when the column is not the one that was asked for
   */
  Orders(Table table, BasketSettings settings) {
    if (table.columns().size() == 1
        && table.columns().getFirst() instanceof Table.Events column
        && column.key().equals(settings.event())) {
      events = column;
    } else {
      throw new IllegalArgumentException("the table must have the events " + settings.event());
    }
  }

  int people() {
    return events.size();
  }

  List<String> names() {
    return events.names();
  }

  /** All products that somebody ever bought, in any order; one may come twice. */
  int[] of(int person) {
    int first = events.first()[person];
    int end = events.first()[person + 1];
    return IntStream.range(events.firstItem()[first], events.firstItem()[end])
        .map(item -> events.items()[item])
        .toArray();
  }

  /** What was bought together; a basket with one product counts, as one without the others. */
  Baskets baskets(BasketSettings.Of kind) {
    List<Basket> baskets = new ArrayList<>();
    for (int person = 0; person < people(); person++) {
      int first = events.first()[person];
      int end = events.first()[person + 1];
      if (kind == BasketSettings.Of.CUSTOMER && first < end) {
        add(baskets, events.times()[end - 1], of(person));
      }
      for (int event = first; kind == BasketSettings.Of.ORDER && event < end; event++) {
        add(
            baskets,
            events.times()[event],
            IntStream.range(events.firstItem()[event], events.firstItem()[event + 1])
                .map(item -> events.items()[item])
                .toArray());
      }
    }
    baskets.sort(Comparator.comparingLong(Basket::time));
    return Baskets.of(events.names(), baskets.stream().map(Basket::items).toList());
  }

  private static void add(List<Basket> baskets, long time, int[] items) {
    int[] distinct = IntStream.of(items).distinct().toArray();
    if (distinct.length > 0) {
      baskets.add(new Basket(time, distinct));
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Basket(long time, int[] items) {}
}
