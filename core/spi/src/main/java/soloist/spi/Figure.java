package soloist.spi;

import java.util.List;
import java.util.Objects;

/**
 * One picture of a model. A plugin says what is in it, the pages draw it, beside it the same as a
 * table. Values that are not known are NaN.
 */
public sealed interface Figure {
  Text title();

  /**
   * Lines or points over two axes: a ROC curve, an elbow, people as points.
   *
   * @param x what is along, with its unit
   * @param y what is up, with its unit
   */
  record Plot(Text title, Text x, Text y, Mark mark, List<Series> series) implements Figure {
    public Plot {
      series = List.copyOf(series);
    }
  }

  /** How a plot draws its values. */
  enum Mark {
    LINE,
    POINT
  }

  /**
   * The values of one line or one group of points; both lists are equally long. Points whose
   * English name begins with "middles" or "centres" stand out: larger, and red.
   */
  record Series(Text name, List<Double> x, List<Double> y) {
    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(x.size() + " values along, " + y.size() + " up");
      }
    }
  }

  /**
   * One bar a name, longest first as the plugin gives them.
   *
   * @param value what a bar's length is, with its unit
   */
  record Bars(Text title, Text value, List<Bar> bars) implements Figure {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /** A bar with the interval of its value. */
  record Bar(Text name, double value, double low, double high) {}

  /**
   * Numbers by row and column: a confusion matrix, a heat map, the rules of a basket.
   *
   * @param values a list for each row, as long as {@code columns}
   * @param people for each value the condition of the people that it counts, written as that of a
   *     {@link Profiler.StandingSegment}: the pages open them; empty where no value counts people
   */
  record Grid(
      Text title,
      List<Text> rows,
      List<Text> columns,
      List<List<Double>> values,
      List<List<String>> people)
      implements Figure {
    public Grid {
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
      values = values.stream().map(List::copyOf).toList();
      people = people.stream().map(List::copyOf).toList();
      requireShape(values, rows.size(), columns.size());
      if (!people.isEmpty()) {
        requireShape(people, rows.size(), columns.size());
      }
    }

    public Grid(Text title, List<Text> rows, List<Text> columns, List<List<Double>> values) {
      this(title, rows, columns, values, List.of());
    }

    private static void requireShape(List<? extends List<?>> cells, int high, int wide) {
      if (cells.size() != high || cells.stream().anyMatch(row -> row.size() != wide)) {
        throw new IllegalArgumentException("not " + high + " rows of " + wide + " values");
      }
    }
  }

  /**
   * What was joined to what, and how far apart it was (a dendrogram): the leaves are numbered from
   * 0, the first join is numbered after them, and so on.
   */
  record Joins(Text title, Text height, List<Text> leaves, List<Join> joins) implements Figure {
    public Joins {
      leaves = List.copyOf(leaves);
      joins = List.copyOf(joins);
    }
  }

  /** Two leaves or earlier joins become one. */
  record Join(int left, int right, double height) {}

  /**
   * What leads to what: the rules of a basket.
   *
   * @param width what an arrow's thickness is, with its unit
   * @param strength what its darkness is, with its unit
   * @param nodes what arrows lead from and to
   * @param arrows what matters most first; the pages draw some forty of them well
   */
  record Graph(Text title, Text width, Text strength, List<Text> nodes, List<Arrow> arrows)
      implements Figure {
    public Graph {
      nodes = List.copyOf(nodes);
      arrows = List.copyOf(arrows);
      int all = nodes.size();
      for (Arrow arrow : arrows) {
        Objects.checkIndex(arrow.to(), all);
        arrow.from().forEach(each -> Objects.checkIndex(each, all));
      }
    }
  }

  /**
   * All of {@code from} together lead to {@code to}.
   *
   * @param from indexes of nodes, at least one
   */
  record Arrow(List<Integer> from, int to, double width, double strength) {
    public Arrow {
      from = List.copyOf(from);
      if (from.isEmpty()) {
        throw new IllegalArgumentException("an arrow from nowhere");
      }
    }
  }
}
