package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.List;
import soloist.learning.cluster.Advice;
import soloist.learning.words.Qualities;
import soloist.spi.Text;

/** Why a method was taken, what it is good at and weak in, and what was done against that. */
final class Methods {
  private Methods() {}

  static List<Text> words(Found found) {
    List<Text> words = new ArrayList<>();
    words.add(advice(found.advice(), found.way()));
    for (Advice.Method method : Advice.Method.values()) {
      tried(found.advice(), method, words);
    }
    switch (found.way().method()) {
      case K_MEANS -> {
        words.add(
            new Text(
                "K-means is quick with any number of people and its groups are easy to tell: people"
                    + " near a middle.",
                "K-means 人数再多也很快，分组易于理解：围绕中心的人。"));
        words.add(
            new Text(
                "Weak: it depends on where it starts and may stop at a local optimum, it takes"
                    + " groups for round and equally wide, and odd people pull the middles. Against"
                    + " that: the best of several k-means++ starts, traits in which a few have very"
                    + " much are taken by their logarithm, and the groups are checked on people"
                    + " drawn anew.",
                "弱点：对初始中心敏感，可能停在局部最优；假定各组呈圆形且大小相近；异常客户会拉偏中心。对策：多次 k-means++ 起始取最优，对悬殊的特征取对数，并用重新抽样检验。"));
        words.add(Qualities.of(3, 1));
      }
      case HIERARCHICAL -> {
        words.add(
            new Text(
                "Hierarchical groups show groups within groups; the tree tells how far apart they"
                    + " are.",
                "层次聚类能显示组中有组；树形图说明各组相距多远。"));
        words.add(
            new Text(
                "Weak: its cost grows with the square of the people, and what was joined once stays"
                    + " joined. Against that: it learns from at most "
                    + Way.MOST_EXAMPLES
                    + " people drawn at random, and the groups are checked on people drawn anew.",
                "弱点：计算量随人数平方增长，且一经合并不再分开。对策：最多从随机抽取的 " + Way.MOST_EXAMPLES + " 人学习，并用重新抽样检验。"));
        words.add(Qualities.of(2, 2));
      }
      case DENSITY -> {
        words.add(
            new Text(
                "Density (DBSCAN) finds groups of any shape and leaves people out who are not"
                    + " typical.",
                "密度聚类（DBSCAN）可发现任意形状的组，并把不典型的客户排除在外。"));
        words.add(
            new Text(
                "Weak: one distance decides for all, so groups that differ in density are found"
                    + " badly. Against that: the distance is the middle of the range over which the"
                    + " same groups are found, where there is such a range.",
                "弱点：所有组共用一个距离，密度不同的组不易识别。对策：取能得到相同分组的距离范围的中点（若存在）。"));
        words.add(Qualities.of(2, 3));
      }
    }
    return words;
  }

  private static Text advice(Advice advice, Way way) {
    Text name = name(way.method());
    if (way.method() != advice.method()) {
      return new Text(
          name.en() + " was asked for; " + name(advice.method()).en() + " would suit better.",
          "按要求使用" + name.zh() + "；" + name(advice.method()).zh() + "更合适。");
    }
    return switch (advice.reason()) {
      case EVEN ->
          new Text(
              "K-means suits: no empty space, no layers and no tree tell these people better apart.",
              "适合 K-means：分布较均匀，没有明显空隙或层次，其他方法也不更清晰。");
      case LAYERED ->
          new Text(
              "Hierarchical groups suit: there are groups within groups, seen as two steps in the"
                  + " heights of the tree.",
              "适合层次聚类：组中有组，树高出现两级跳跃。");
      case UNEVEN ->
          new Text(
              "Density suits: there is empty space between groups that are not round, and K-means"
                  + " would cut through them.",
              "适合密度聚类：形状不规则的组之间有空隙，K-means 会将其切开。");
      case CLEARER ->
          new Text(
              "Hierarchical groups suit: they tell these people better apart than K-means.",
              "适合层次聚类：比 K-means 区分得更清楚。");
    };
  }

  private static void tried(Advice advice, Advice.Method method, List<Text> words) {
    if (advice.tried().stream().noneMatch(each -> each.method() == method)) {
      words.add(
          new Text(name(method).en() + " found no two groups.", name(method).zh() + "未发现两个以上的组。"));
      return;
    }
    Advice.Candidate best = advice.best(method);
    String left = Words.number(100 * best.left());
    words.add(
        new Text(
            "Tried on "
                + advice.looked()
                + " people: "
                + name(method).en()
                + ", "
                + best.groups()
                + " groups, silhouette "
                + Words.number(best.silhouette())
                + (best.left() > 0 ? ", " + left + " % in no group." : "."),
            "在 "
                + advice.looked()
                + " 人上尝试："
                + name(method).zh()
                + "，"
                + best.groups()
                + " 组，轮廓系数 "
                + Words.number(best.silhouette())
                + (best.left() > 0 ? "，" + left + " % 未分组。" : "。")));
  }

  static Text name(Advice.Method method) {
    return switch (method) {
      case K_MEANS -> new Text("K-means", "K-means");
      case HIERARCHICAL -> new Text("Hierarchical", "层次聚类");
      case DENSITY -> new Text("Density", "密度聚类");
    };
  }
}
