package soloist.imports;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;

/** What became of the records of a file. */
final class Tally {
  enum Count {
    /** Everything that was read, refused rows among them. */
    RECORDS,
    CUSTOMERS,
    ORDERS,
    PRODUCTS,
    REJECTED,
    /** Told before, by somebody else. */
    DUPLICATES,
    /** Orders that name no buyer. */
    OWNERLESS,
    /** Of orders that are too long for one row. */
    LINES_LEFT_OUT("linesLeftOut"),
    CONSENTS,
    /** People whose No stands although the file came with a Yes. */
    KEPT;

    private final String key;

    Count() {
      key = name().toLowerCase(Locale.ROOT);
    }

    Count(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);

  static Tally of(Document document) {
    Tally tally = new Tally();
    for (Count count : Count.values()) {
      tally.add(count, document.get(count.key(), 0L));
    }
    return tally;
  }

  void add(Count count, long more) {
    counts.merge(count, more, Long::sum);
  }

  long of(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      map.put(count.key(), of(count));
    }
    return map;
  }
}
