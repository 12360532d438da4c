package soloist.profiler.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import soloist.learning.cluster.Grouping;
import soloist.learning.data.Directions;
import soloist.learning.data.Vocabulary;
import soloist.profiler.cluster.Groups.Group;
import soloist.spi.Text;

/** What columns and groups are called, and why somebody is where he is. */
final class Words {
  /** The value of the trait for people who are in no group. */
  static final String NOT_TYPICAL = "not-typical";

  static final Text NOT_TYPICAL_NAME = new Text("Not typical", "不典型");

  private static final int MOST_FACTS = 3;

  /** A direction is mostly the columns that have at least such a part of it; its length is 1. */
  private static final double MUCH = 0.4;

  private final ClusterSettings settings;
  private final List<String> keys;
  private final Vocabulary vocabulary;

  Words(ClusterSettings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    keys = settings.columns();
  }

  ClusterSettings settings() {
    return settings;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** As the unit of the column: times are days ago. */
  Text column(int column) {
    Text label = label(column);
    return isTime(column) ? new Text("days since " + label.en(), label.zh() + "距今天数") : label;
  }

  private Text label(int column) {
    if (column < keys.size()) {
      return label(keys.get(column));
    }
    Vocabulary.Column word = vocabulary.words().get(column - keys.size());
    return new Text(
        "“" + word.word() + "” in " + label(word.key()).en(),
        label(word.key()).zh() + "中的“" + word.word() + "”");
  }

  static Text label(String key) {
    if (key.startsWith("spent_")) {
      String currency = key.substring("spent_".length());
      return new Text("spending (" + currency + ")", "消费额（" + currency + "）");
    }
    return switch (key) {
      case "orders" -> new Text("orders", "订单数");
      case "last_order" -> new Text("last order", "最近下单");
      case "first_order" -> new Text("first order", "首次下单");
      case "returns" -> new Text("returns", "退货数");
      case "average_order" -> new Text("average order", "平均订单额");
      case "items" -> new Text("pieces bought", "购买件数");
      case "age" -> new Text("age", "年龄");
      case "income" -> new Text("income", "收入");
      case "spending_score" -> new Text("spending score", "消费评分");
      default -> new Text(key.replace('_', ' '), key);
    };
  }

  /** Along what people are compared, and what each direction mostly is. */
  Text directions(Directions directions) {
    double[] explained = directions.explained();
    List<String> en = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    for (int i = 0; i < explained.length; i++) {
      double[] parts = directions.along().row(i);
      List<Text> mostly =
          IntStream.range(0, parts.length)
              .filter(column -> Math.abs(parts[column]) >= MUCH)
              .boxed()
              .sorted(Comparator.comparingDouble(column -> -Math.abs(parts[column])))
              .limit(MOST_FACTS)
              .map(this::column)
              .toList();
      String share = " (" + number(100 * explained[i]) + " %)";
      en.add(
          (i + 1) + share + (mostly.isEmpty() ? "" : " mostly " + joined(mostly, Text::en, ", ")));
      zh.add((i + 1) + share + (mostly.isEmpty() ? "" : " 主要为" + joined(mostly, Text::zh, "、")));
    }
    String held = number(100 * DoubleStream.of(explained).sum());
    return new Text(
        "People are compared along "
            + explained.length
            + (explained.length == 1 ? " direction" : " directions")
            + " (principal components), which hold "
            + held
            + " % of their differences: "
            + String.join("; ", en)
            + ".",
        "按 "
            + explained.length
            + " 个方向（主成分）比较客户，保留 "
            + held
            + " % 的差异："
            + String.join("；", zh)
            + "。");
  }

  private static String joined(List<Text> texts, Function<Text, String> language, String between) {
    return texts.stream().map(language).collect(Collectors.joining(between));
  }

  /** "Group 1: high orders, high spending (EUR)". */
  Text name(List<Group> groups, int group) {
    Text marks = marks(groups.get(group));
    return new Text(
        "Group " + (group + 1) + ": " + marks.en(), "第 " + (group + 1) + " 组：" + marks.zh());
  }

  /** What sets a group apart. */
  private Text marks(Group group) {
    if (group.marked().length == 0) {
      return new Text("like most", "与多数人相近");
    }
    List<String> en = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    for (int i = 0; i < group.marked().length; i++) {
      Text label = label(group.marked()[i]);
      boolean isHigh = group.isHigh()[i];
      if (isTime(group.marked()[i])) {
        en.add(label.en() + (isHigh ? " long ago" : " lately"));
        zh.add(label.zh() + (isHigh ? "较早" : "较近"));
      } else {
        boolean isWord = group.marked()[i] >= keys.size();
        en.add((isWord ? isHigh ? "often " : "seldom " : isHigh ? "high " : "low ") + label.en());
        zh.add(label.zh() + (isWord ? isHigh ? "多" : "少" : isHigh ? "高" : "低"));
      }
    }
    return new Text(String.join(", ", en), String.join("、", zh));
  }

  /** The means of a group beside those of everybody. */
  Text description(Group group, Group all) {
    List<String> en = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    for (int column : shown(group)) {
      Text label = column(column);
      String mean = number(group.means()[column]);
      String usual = number(all.means()[column]);
      en.add(label.en() + " " + mean + " (everybody " + usual + ")");
      zh.add(label.zh() + " " + mean + "（总体 " + usual + "）");
    }
    return new Text(
        group.people() + " people when it was found; on average " + String.join(", ", en) + ".",
        "发现时共 " + group.people() + " 人；平均" + String.join("，", zh) + "。");
  }

  /** The facts that placed somebody in a group. */
  Text evidence(Groups groups, double[] row, int group) {
    if (group == Grouping.NONE) {
      return new Text(
          "not close enough to any of the "
              + groups.groups().size()
              + " groups: "
              + facts(groups, row, groups.all(), false).en(),
          "与 "
              + groups.groups().size()
              + " 个组都不够接近："
              + facts(groups, row, groups.all(), false).zh());
    }
    Group of = groups.groups().get(group);
    Text name = name(groups.groups(), group);
    Text facts = facts(groups, row, of, true);
    return new Text(name.en() + ". " + facts.en(), name.zh() + "。" + facts.zh());
  }

  private Text facts(Groups groups, double[] row, Group of, boolean isGroup) {
    List<String> en = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    for (int column : shown(of)) {
      Text label = column(column);
      String usual = number(groups.all().means()[column]);
      String mean = number(of.means()[column]);
      en.add(
          label.en()
              + " "
              + number(row[column])
              + (isGroup ? " (group " + mean + ", everybody " : " (everybody ")
              + usual
              + ")");
      zh.add(
          label.zh()
              + " "
              + number(row[column])
              + (isGroup ? "（本组 " + mean + "，总体 " : "（总体 ")
              + usual
              + "）");
    }
    return new Text(String.join(", ", en), String.join("，", zh));
  }

  /** What sets a group apart, or the first columns where nothing does. */
  private int[] shown(Group group) {
    return group.marked().length > 0
        ? group.marked()
        : IntStream.range(0, Math.min(MOST_FACTS, keys.size())).toArray();
  }

  private boolean isTime(int column) {
    return column >= settings.numbers().size() && column < keys.size();
  }

  /** Three digits, as far as they say something. */
  static String number(double value) {
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
