package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.List;
import soloist.learning.data.Outliers;
import soloist.learning.data.Preparation;
import soloist.learning.data.Preparation.Extremes;
import soloist.learning.data.Selection;
import soloist.spi.Text;

/** What was done to columns before groups were looked for, and why, in words. */
final class Prepared {
  private static final int MOST_WORDS = 30;

  private final Words words;
  private final Scaling scaling;

  Prepared(Words words, Scaling scaling) {
    this.words = words;
    this.scaling = scaling;
  }

  /** Which sensitive traits are used, and the owner's reason. */
  static List<Text> sensitive(ClusterSettings settings) {
    List<String> guarded = settings.guarded();
    return guarded.isEmpty()
        ? List.of()
        : List.of(
            new Text(
                "It goes by sensitive facts, "
                    + String.join(", ", guarded)
                    + ", because you chose so: "
                    + settings.sensitive(),
                "它使用了敏感信息：" + String.join("、", guarded) + "。这是您的选择，理由：" + settings.sensitive()));
  }

  List<Text> words() {
    List<Text> said = new ArrayList<>();
    for (int i = 0; i < words.vocabulary().keys().size(); i++) {
      Text key = Words.label(words.vocabulary().keys().get(i));
      List<String> all = words.vocabulary().bags().get(i).words();
      List<String> first = all.subList(0, Math.min(MOST_WORDS, all.size()));
      said.add(
          new Text(
              "Of "
                  + key.en()
                  + " it takes "
                  + all.size()
                  + " words, each the rarer the heavier (TF-IDF), all together as heavy as one other"
                  + " trait; those that tell most texts apart first: "
                  + String.join(", ", first),
              "从"
                  + key.zh()
                  + "中取 "
                  + all.size()
                  + " 个词，越少见权重越大（TF-IDF），合计与其他一个特征同权；最能区分文本的在前："
                  + String.join("、", first)));
    }
    Preparation preparation = scaling.preparation();
    for (Selection.Choice choice : preparation.choices()) {
      Text column = words.column(choice.column());
      switch (choice) {
        case Selection.Choice.Kept _ -> outliers(choice.column(), said);
        case Selection.Choice.Constant _ ->
            said.add(
                new Text(
                    "Left out: " + column.en() + ", which is the same for everybody.",
                    "未采用：" + column.zh() + "，所有人都相同。"));
        case Selection.Choice.Redundant(int _, int with, double correlation) ->
            said.add(
                new Text(
                    "Left out: "
                        + column.en()
                        + ", which says what "
                        + words.column(with).en()
                        + " says (correlation "
                        + Words.number(correlation)
                        + ").",
                    "未采用："
                        + column.zh()
                        + "，与"
                        + words.column(with).zh()
                        + "说明的相同（相关系数 "
                        + Words.number(correlation)
                        + "）。"));
      }
    }
    return said;
  }

  private void outliers(int column, List<Text> said) {
    Preparation preparation = scaling.preparation();
    int people = preparation.outside().get(column);
    if (people == 0) {
      return;
    }
    Outliers usual = preparation.usual().get(column);
    String least = Words.number(scaling.unscaled(column, usual.least()));
    String most = Words.number(scaling.unscaled(column, usual.most()));
    boolean isCapped = preparation.extremes() == Extremes.CAP;
    Text name = words.column(column);
    said.add(
        new Text(
            name.en()
                + ": "
                + people
                + " people lie outside what is usual, "
                + least
                + " to "
                + most
                + " (one and a half times the middle half beyond it); "
                + (isCapped
                    ? "they count as the nearest usual value."
                    : "nothing is learnt from them, they are placed with those nearest."),
            name.zh()
                + "："
                + people
                + " 人超出常见范围 "
                + least
                + " 至 "
                + most
                + "（四分位距的 1.5 倍之外）；"
                + (isCapped ? "按最近的常见值计算。" : "不参与学习，仅归入最近的组。")));
  }
}
