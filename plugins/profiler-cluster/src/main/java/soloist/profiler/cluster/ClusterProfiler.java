package soloist.profiler.cluster;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.learning.cluster.Advice;
import soloist.learning.cluster.Adviser;
import soloist.learning.cluster.Grouping;
import soloist.learning.cluster.Portrait;
import soloist.learning.data.Matrix;
import soloist.learning.data.Vocabulary;
import soloist.profiler.cluster.Groups.Group;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/** Finds groups of people who resemble each other and says of each what sets it apart. */
@Extension
public final class ClusterProfiler implements Profiler {
  /** Below this three groups of ten would tell of chance only. */
  static final int FEWEST = 30;

  private static final int MOST_FOUND = 10;
  private static final int FEWEST_IN_GROUP = 10;
  private static final int MOST_MARKS = 3;
  private static final int TELL_EVERY = 10_000;

  private @Nullable ClusterSettings settings;

  @Override
  public void open(Settings values) {
    settings = ClusterSettings.of(values);
  }

  @Override
  public List<Wanted> wanted() {
    return Columns.wanted(settings());
  }

  @Override
  public Model fit(Table table, Run run) throws Refused {
    var columns = new Columns(table, settings());
    int[] people = columns.complete();
    if (people.length < FEWEST) {
      throw new Refused(tooFew(columns, people.length));
    }
    Matrix raw = columns.matrix(people);
    Scaling scaling = Scaling.of(raw, settings(), columns.vocabulary());
    if (!scaling.tellsApart()) {
      throw new Refused(
          new Text(
              "All " + people.length + " people are the same in these traits; name other ones.",
              "这 " + people.length + " 人在所选特征上完全相同；请选择其他特征。"));
    }
    var going = new Going(run);
    Found found = find(raw, columns.vocabulary(), scaling, run.seed(), going);
    if (found.groups().groups().isEmpty()) {
      throw new Refused(
          new Text(
              "These "
                  + people.length
                  + " people lie too evenly for the method density; take the method auto.",
              "这 " + people.length + " 人分布过于均匀，不适合 density 方法；请改用 auto。"));
    }
    Card card =
        new Report(found, new Words(settings(), columns.vocabulary()), run.seed(), going)
            .card(columns.rows());
    return new Model(found.groups().bytes(), card);
  }

  private Found find(Matrix raw, Vocabulary vocabulary, Scaling scaling, long seed, Going going) {
    Matrix scaled = scaling.scaled(raw);
    Matrix usual = scaled.rows(scaling.preparation().learntFrom(scaled));
    int most = Math.clamp(usual.rows() / FEWEST_IN_GROUP, 2, MOST_FOUND);
    Advice advice = Adviser.advise(usual, most, seed, going);
    Way way = way(advice);
    Way.Learnt learnt = way.learn(usual, seed, going);
    int[] number = order(raw, learnt.placing().place(scaled));
    Placing placing = learnt.placing().renumbered(number);
    Grouping grouping = placing.place(scaled);
    Portrait[] portraits = Portrait.of(scaled, grouping);
    var groups =
        new Groups(
            vocabulary,
            scaling,
            placing,
            all(raw),
            groups(raw, grouping, portraits, raw.columns() - vocabulary.columns()));
    int apart = scaled.rows() - usual.rows();
    return new Found(
        groups, scaled, grouping, portraits, advice, way, learnt.tree(), learnt.learnt() + apart);
  }

  /** What the owner says counts, and what suits where he says nothing. */
  private Way way(Advice advice) {
    Advice.Method asked = settings().method();
    Advice.Method method = asked == null ? advice.method() : asked;
    int groups = settings().groups();
    if (groups == 0) {
      groups = method == advice.method() ? advice.groups() : advice.best(method).groups();
    }
    return new Way(method, groups, settings().joining());
  }

  /**
   * By group its new number: numbers that an algorithm gives mean nothing, so the group with the
   * most of what the owner values is the first.
   */
  private int[] order(Matrix raw, Grouping grouping) {
    int column = settings().columns().indexOf(settings().value());
    boolean isTime = column >= settings().numbers().size();
    Portrait[] portraits = Portrait.of(raw, grouping);
    int[] first =
        IntStream.range(0, portraits.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    group -> (isTime ? 1 : -1) * portraits[group].means()[column]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] number = new int[first.length];
    for (int i = 0; i < first.length; i++) {
      number[first[i]] = i;
    }
    return number;
  }

  private static Group all(Matrix raw) {
    var everybody = new Grouping(1, new int[raw.rows()]);
    return new Group(
        raw.rows(), Portrait.of(raw, everybody)[0].means(), new int[0], new boolean[0]);
  }

  /**
   * @param words the first column that is a word
   */
  private static List<Group> groups(
      Matrix raw, Grouping grouping, Portrait[] portraits, int words) {
    Portrait[] inUnits = Portrait.of(raw, grouping);
    List<Group> groups = new ArrayList<>();
    for (int group = 0; group < portraits.length; group++) {
      int[] marked = marked(portraits[group], words);
      var isHigh = new boolean[marked.length];
      for (int i = 0; i < marked.length; i++) {
        isHigh[i] = portraits[group].differences()[marked[i]] > 0;
      }
      groups.add(new Group(inUnits[group].size(), inUnits[group].means(), marked, isHigh));
    }
    return groups;
  }

  /** Words that a group uses tell more of it than those that it does not use. */
  private static int[] marked(Portrait portrait, int words) {
    int[] all = portrait.marked(portrait.means().length);
    int[] used =
        IntStream.of(all)
            .filter(column -> column < words || portrait.differences()[column] > 0)
            .toArray();
    return IntStream.of(used.length > 0 ? used : all).limit(MOST_MARKS).toArray();
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    Groups groups = Groups.of(model.bytes());
    var columns = new Columns(table, settings(), groups.vocabulary());
    var words = new Words(settings(), groups.vocabulary());
    for (int row = 0; row < columns.rows(); row++) {
      if (row % TELL_EVERY == 0 && !run.progress((double) row / columns.rows())) {
        return;
      }
      if (columns.isComplete(row)) {
        double[] raw = columns.row(row);
        int group = groups.placing().place(groups.scaling().scaled(raw));
        to.accept(
            row,
            List.of(
                new Prediction(
                    settings().trait(), value(group), words.evidence(groups, raw, group))));
      }
    }
  }

  @Override
  public List<StandingSegment> segments(Model model) {
    Groups groups = Groups.of(model.bytes());
    var words = new Words(settings(), groups.vocabulary());
    List<StandingSegment> segments = new ArrayList<>();
    for (int group = 0; group < groups.groups().size(); group++) {
      segments.add(
          segment(
              value(group),
              words.name(groups.groups(), group),
              words.description(groups.groups().get(group), groups.all())));
    }
    if (groups.placing().reach() < Double.POSITIVE_INFINITY) {
      segments.add(
          segment(
              Words.NOT_TYPICAL,
              Words.NOT_TYPICAL_NAME,
              new Text("Not close enough to any of the groups.", "与任何一组都不够接近。")));
    }
    return segments;
  }

  private StandingSegment segment(String value, Text name, Text description) {
    String trait = settings().trait();
    return new StandingSegment(
        trait.toLowerCase(Locale.ROOT).replace('_', '-') + "-" + value,
        name,
        description,
        "{\"trait\": \""
            + trait
            + "\", \"comparison\": \"equal\", \"value\": \""
            + value
            + "\", \"type\": \"text\"}");
  }

  private static String value(int group) {
    return group == Grouping.NONE ? Words.NOT_TYPICAL : Integer.toString(group + 1);
  }

  private Text tooFew(Columns columns, int complete) {
    List<String> keys = settings().columns();
    int rarest =
        IntStream.range(0, keys.size())
            .boxed()
            .min(Comparator.comparingInt(columns::known))
            .orElseThrow();
    int known = columns.known(rarest);
    int missing = FEWEST - complete;
    return new Text(
        "Groups need "
            + FEWEST
            + " people of whom all these traits are known; you have "
            + complete
            + ", so "
            + missing
            + " more. Known least often is '"
            + keys.get(rarest)
            + "': of "
            + known
            + " people.",
        "分组需要 "
            + FEWEST
            + " 位所有所选特征都已知的客户；您现有 "
            + complete
            + " 位，还差 "
            + missing
            + " 位。最少已知的特征是“"
            + keys.get(rarest)
            + "”："
            + known
            + " 人。");
  }

  private ClusterSettings settings() {
    return requireNonNull(settings, "open comes first");
  }
}
