package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import soloist.learning.cluster.Advice;
import soloist.learning.cluster.Dendrogram;
import soloist.learning.cluster.Grouping;
import soloist.learning.data.Matrix;
import soloist.learning.data.PrincipalComponents;
import soloist.spi.Figure;
import soloist.spi.Figure.Bar;
import soloist.spi.Figure.Bars;
import soloist.spi.Figure.Grid;
import soloist.spi.Figure.Join;
import soloist.spi.Figure.Joins;
import soloist.spi.Figure.Mark;
import soloist.spi.Figure.Plot;
import soloist.spi.Figure.Series;
import soloist.spi.Text;

/** The pictures of a card. */
final class Pictures {
  private static final int MOST_POINTS = 400;
  private static final int MOST_LEAVES = 20;

  private final Found found;
  private final Matrix sample;
  private final int[] of;
  private final List<Text> names;
  private final List<Text> columns;

  Pictures(Found found, Words words, Matrix sample, int[] of) {
    this.found = found;
    this.sample = sample;
    this.of = of;
    int groups = found.grouping().groups();
    names =
        IntStream.range(0, groups)
            .mapToObj(group -> words.name(found.groups().groups(), group))
            .toList();
    columns = IntStream.range(0, sample.columns()).mapToObj(words::column).toList();
  }

  List<Figure> all() {
    List<Figure> figures = new ArrayList<>(List.of(map(), sizes(), differences()));
    if (found.tree() != null) {
      figures.add(joins(found.tree()));
    }
    figures.add(elbow());
    figures.add(silhouettes());
    return figures;
  }

  /** People on the two axes on which they differ most, and the middles of their groups. */
  private Plot map() {
    var components = PrincipalComponents.of(sample);
    int axes = Math.min(2, sample.columns());
    Matrix flat = components.project(sample, axes);
    Matrix middles = components.project(middles(), axes);
    double[] shares = Arrays.copyOf(components.explained(), 2);
    int shown = Math.min(MOST_POINTS, sample.rows());
    List<Series> series = new ArrayList<>();
    for (int group = Grouping.NONE; group < names.size(); group++) {
      int number = group;
      int[] rows = IntStream.range(0, shown).filter(row -> of[row] == number).toArray();
      if (rows.length > 0) {
        series.add(
            points(
                group == Grouping.NONE ? Words.NOT_TYPICAL_NAME : names.get(group),
                flat.rows(rows)));
      }
    }
    series.add(points(new Text("middles of the groups", "各组中心"), middles));
    return new Plot(
        new Text("People and the middles of their groups", "客户与各组中心"),
        axis(1, shares[0]),
        axis(2, shares[1]),
        Mark.POINT,
        series);
  }

  private static Text axis(int number, double share) {
    String percent = Words.number(100 * share);
    return new Text(
        "principal component " + number + " (" + percent + " % of the differences)",
        "主成分 " + number + "（占差异的 " + percent + " %）");
  }

  private Matrix middles() {
    return Matrix.of(
        Arrays.stream(found.portraits())
            .map(portrait -> portrait.means())
            .toArray(double[][]::new));
  }

  private Bars sizes() {
    List<Bar> bars = new ArrayList<>();
    for (int group = 0; group < names.size(); group++) {
      bars.add(bar(names.get(group), found.portraits()[group].size()));
    }
    if (found.grouping().left() > 0) {
      bars.add(bar(Words.NOT_TYPICAL_NAME, found.grouping().left()));
    }
    return new Bars(
        new Text("How many people each group has", "各组人数"), new Text("people", "人数"), bars);
  }

  private static Bar bar(Text name, double value) {
    return new Bar(name, value, Double.NaN, Double.NaN);
  }

  private Grid differences() {
    return new Grid(
        new Text(
            "What sets each group apart: its mean against that of everybody, in standard"
                + " deviations",
            "各组特点：组均值与总体均值之差（以标准差计）"),
        names,
        columns,
        Arrays.stream(found.portraits())
            .map(portrait -> DoubleStream.of(portrait.differences()).boxed().toList())
            .toList());
  }

  private static Joins joins(Dendrogram tree) {
    Dendrogram top = tree.top(Math.min(MOST_LEAVES, tree.leaves()));
    int[] sizes = new Grouping(top.leaves(), top.leafOf()).sizes();
    return new Joins(
        new Text("What was joined to what", "合并树形图"),
        new Text("distance", "距离"),
        IntStream.of(sizes).mapToObj(size -> new Text(size + " people", size + " 人")).toList(),
        IntStream.range(0, top.left().length)
            .mapToObj(join -> new Join(top.left()[join], top.right()[join], top.heights()[join]))
            .toList());
  }

  private Plot elbow() {
    double[] inertia = found.advice().inertia();
    return new Plot(
        new Text(
            "Elbow: what K-means leaves unexplained, by number of groups",
            "肘部图：不同组数下 K-means 的残差平方和"),
        new Text("groups", "组数"),
        new Text("sum of squared distances to the middles", "到中心的距离平方和（SSE）"),
        Mark.LINE,
        List.of(
            series(
                Methods.name(Advice.Method.K_MEANS),
                IntStream.rangeClosed(1, inertia.length).asDoubleStream(),
                DoubleStream.of(inertia))));
  }

  private Plot silhouettes() {
    List<Series> series = new ArrayList<>();
    for (Advice.Method method : Advice.Method.values()) {
      List<Advice.Candidate> tried =
          found.advice().tried().stream().filter(each -> each.method() == method).toList();
      if (!tried.isEmpty()) {
        series.add(
            series(
                Methods.name(method),
                tried.stream().mapToDouble(Advice.Candidate::groups),
                tried.stream().mapToDouble(Advice.Candidate::silhouette)));
      }
    }
    return new Plot(
        new Text("How clear the groups are, by number of groups", "不同组数的清晰程度"),
        new Text("groups", "组数"),
        new Text("silhouette (above 0.5 clear, below 0.25 hardly)", "轮廓系数（0.5 以上清晰，0.25 以下不明显）"),
        series.size() > 2 ? Mark.POINT : Mark.LINE,
        series);
  }

  /** With one trait only all lie on a line. */
  private static Series points(Text name, Matrix flat) {
    double[] up = flat.columns() > 1 ? flat.column(1) : new double[flat.rows()];
    return series(name, DoubleStream.of(flat.column(0)), DoubleStream.of(up));
  }

  private static Series series(Text name, DoubleStream x, DoubleStream y) {
    return new Series(name, rounded(x), rounded(y));
  }

  /** Four digits are more than a picture shows, and a card is kept with each model. */
  private static List<Double> rounded(DoubleStream values) {
    return values.map(value -> Math.round(value * 10_000) / 10_000.0).boxed().toList();
  }
}
