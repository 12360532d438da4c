package soloist.profiling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.bson.Document;
import soloist.spi.Profiler.Input;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.store.Values;

/**
 * How many people lay in which part of one input when a model was learnt, so that later ones can be
 * held against them.
 *
 * @param edges of numbers, rising; a number belongs to the first edge that it does not exceed, and
 *     beyond the last to a part of its own
 * @param values of texts, each a part of its own; all others are one more
 * @param counts by part, last of those of whom it was not known
 */
record Shares(Text name, List<Double> edges, List<String> values, List<Integer> counts) {
  /** Tenths of the people, which is how the index is usually worked out. */
  private static final int PARTS = 10;

  Shares {
    edges = List.copyOf(edges);
    values = List.copyOf(values);
    counts = List.copyOf(counts);
  }

  static Shares of(Input input) {
    return switch (input.column()) {
      case Table.Numbers numbers ->
          counted(input.name(), edges(numbers.values()), List.of(), numbers);
      case Table.Texts texts -> counted(input.name(), List.of(), values(texts.values()), texts);
      case Table.Times _, Table.Events _ ->
          throw new IllegalArgumentException("an input is numbers or texts");
    };
  }

  private static Shares counted(
      Text name, List<Double> edges, List<String> values, Table.Column column) {
    return new Shares(
        name, edges, values, new Shares(name, edges, values, List.of()).count(column));
  }

  /** Between the tenths; each number by itself where there are but few different ones. */
  private static List<Double> edges(double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double[] different = Arrays.stream(known).distinct().toArray();
    if (different.length <= PARTS) {
      return DoubleStream.of(different).limit(Math.max(0, different.length - 1)).boxed().toList();
    }
    List<Double> edges = new ArrayList<>();
    for (int part = 1; part < PARTS; part++) {
      double edge = known[(int) ((long) part * known.length / PARTS) - 1];
      if (edges.isEmpty() || edge > edges.getLast()) {
        edges.add(edge);
      }
    }
    return edges;
  }

  private static List<String> values(List<String> texts) {
    Map<String, Integer> counted = new HashMap<>();
    texts.stream()
        .filter(text -> !text.isEmpty())
        .forEach(text -> counted.merge(text, 1, Integer::sum));
    return counted.entrySet().stream()
        // What one person alone has is no part of a crowd, and may be a name.
        .filter(each -> each.getValue() > 1)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(PARTS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Integer> count(Table.Column column) {
    int[] counted = new int[Math.max(edges.size(), values.size()) + 2];
    for (int row = 0; row < column.size(); row++) {
      counted[part(column, row)]++;
    }
    return Arrays.stream(counted).boxed().toList();
  }

  private int part(Table.Column column, int row) {
    int unknown = Math.max(edges.size(), values.size()) + 1;
    return switch (column) {
      case Table.Numbers numbers -> {
        double value = numbers.values()[row];
        int part = 0;
        while (part < edges.size() && value > edges.get(part)) {
          part++;
        }
        yield Double.isNaN(value) ? unknown : part;
      }
      case Table.Texts texts -> {
        String value = texts.values().get(row);
        int at = values.indexOf(value);
        yield value.isEmpty() ? unknown : at < 0 ? values.size() : at;
      }
      case Table.Times _, Table.Events _ -> unknown;
    };
  }

  /** How far those of a later table lie elsewhere. */
  Shift shift(Table.Column later) {
    return Shift.between(name, counts, count(later));
  }

  Document toDocument() {
    return new Document("name", Values.stored(Figures.write(name)))
        .append("edges", edges)
        .append("values", values)
        .append("counts", counts);
  }

  static Shares of(Document document) {
    return new Shares(
        Figures.text(document, "name"),
        document.getList("edges", Double.class),
        document.getList("values", String.class),
        document.getList("counts", Integer.class));
  }
}
