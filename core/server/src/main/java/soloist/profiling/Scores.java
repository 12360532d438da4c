package soloist.profiling;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Input;
import soloist.spi.Table;
import soloist.spi.Text;

/** What a model says of people, by trait; of times nothing is kept but that they were said. */
final class Scores implements Profiler.Predictions {
  private static final int MOST_TEXT = 100;

  private final int people;
  private final Map<String, @Nullable Object[]> said = new TreeMap<>();

  Scores(int people) {
    this.people = people;
  }

  @Override
  public void accept(int row, List<Profiler.Prediction> traits) {
    for (Profiler.Prediction trait : traits) {
      said.computeIfAbsent(trait.key(), _ -> new @Nullable Object[people])[row] = trait.value();
    }
  }

  /** Of all traits that were said of anybody. */
  Set<String> keys() {
    return Collections.unmodifiableSet(said.keySet());
  }

  List<Input> inputs() {
    List<Input> inputs = new ArrayList<>();
    said.forEach(
        (key, values) ->
            column(key, values)
                .ifPresent(column -> inputs.add(new Input(new Text(key, key), column))));
    return inputs;
  }

  private static Optional<Table.Column> column(String key, @Nullable Object[] values) {
    if (Arrays.stream(values).anyMatch(BigDecimal.class::isInstance)) {
      return Optional.of(
          new Table.Numbers(
              key,
              Arrays.stream(values)
                  .mapToDouble(
                      value ->
                          value instanceof BigDecimal number ? number.doubleValue() : Double.NaN)
                  .toArray()));
    }
    List<String> texts = new ArrayList<>(values.length);
    for (Object value : values) {
      String text = value instanceof String || value instanceof Boolean ? value.toString() : "";
      texts.add(text.substring(0, Math.min(MOST_TEXT, text.length())));
    }
    return texts.stream().allMatch(String::isEmpty)
        ? Optional.empty()
        : Optional.of(new Table.Texts(key, texts));
  }
}
