package soloist.profiling;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import soloist.spi.Profiler;
import soloist.spi.Table;

/** A column that grows row by row. A number or time takes 8 bytes, a text 4 and itself once. */
sealed interface Cells {
  int FIRST = 1_024;

  static Cells of(Profiler.Wanted wanted) {
    return switch (wanted.type()) {
      case NUMBER -> new Numbers(wanted.key());
      case TIME -> new Times(wanted.key());
      case TEXT -> new Texts(wanted.key());
      case EVENTS -> throw new IllegalArgumentException(wanted.key() + " is no trait");
    };
  }

  String key();

  /** The next row; what is of another type than the column counts as not there. */
  void add(@Nullable Object value);

  Table.Column column();

  private static int grown(int length) {
    return length + (length >> 1);
  }

  /** Of numbers. */
  final class Numbers implements Cells {
    private final String key;
    private double[] values = new double[FIRST];
    private int size;

    private Numbers(String key) {
      this.key = key;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public void add(@Nullable Object value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = value instanceof BigDecimal number ? number.doubleValue() : Double.NaN;
    }

    @Override
    public Table.Column column() {
      return new Table.Numbers(key, Arrays.copyOf(values, size));
    }
  }

  /** Of instants. */
  final class Times implements Cells {
    private final String key;
    private long[] values = new long[FIRST];
    private int size;

    private Times(String key) {
      this.key = key;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public void add(@Nullable Object value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown(size));
      }
      values[size++] = value instanceof Instant time ? time.toEpochMilli() : Table.Times.NONE;
    }

    @Override
    public Table.Column column() {
      return new Table.Times(key, Arrays.copyOf(values, size));
    }
  }

  /** Of texts. */
  final class Texts implements Cells {
    /** Beyond this many different ones a column is no category, and looking for doubles is vain. */
    private static final int MOST_SHARED = 10_000;

    private final String key;
    private final List<String> values = new ArrayList<>();
    private final Map<String, String> shared = new HashMap<>();

    private Texts(String key) {
      this.key = key;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public void add(@Nullable Object value) {
      String text = value instanceof String told ? told : "";
      if (shared.size() < MOST_SHARED) {
        shared.putIfAbsent(text, text);
      }
      values.add(shared.getOrDefault(text, text));
    }

    @Override
    public Table.Column column() {
      return new Table.Texts(key, values);
    }
  }
}
