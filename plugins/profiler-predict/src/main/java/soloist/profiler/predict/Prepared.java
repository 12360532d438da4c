package soloist.profiler.predict;

import java.util.ArrayList;
import java.util.List;
import soloist.learning.data.Outliers;
import soloist.learning.data.Preparation;
import soloist.learning.data.Preparation.Extremes;
import soloist.learning.data.Selection;
import soloist.learning.data.Vocabulary;
import soloist.spi.Text;

/** What was done to facts before a method saw them, and why, in words. */
final class Prepared {
  private static final int MOST_WORDS = 30;

  private final Learner learner;
  private final List<Text> names;
  private final Vocabulary vocabulary;

  Prepared(Learner learner, List<Text> names, Vocabulary vocabulary) {
    this.learner = learner;
    this.names = names;
    this.vocabulary = vocabulary;
  }

  /** Which sensitive traits are used, and the owner's reason. */
  static List<Text> sensitive(PredictSettings settings) {
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
    for (int i = 0; i < vocabulary.keys().size(); i++) {
      String key = vocabulary.keys().get(i);
      List<String> all = vocabulary.bags().get(i).words();
      List<String> first = all.subList(0, Math.min(MOST_WORDS, all.size()));
      said.add(
          new Text(
              "Of "
                  + key
                  + " it takes "
                  + all.size()
                  + " words, each the rarer the heavier (TF-IDF); those that tell most texts apart"
                  + " first: "
                  + String.join(", ", first),
              "从"
                  + key
                  + "中取 "
                  + all.size()
                  + " 个词，越少见权重越大（TF-IDF）；最能区分文本的在前："
                  + String.join("、", first)));
    }
    Preparation preparation = learner.preparation();
    for (Selection.Choice choice : preparation.choices()) {
      Text column = names.get(choice.column());
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
                        + names.get(with).en()
                        + " says (correlation "
                        + Reasons.figure(correlation)
                        + ").",
                    "未采用："
                        + column.zh()
                        + "，与"
                        + names.get(with).zh()
                        + "说明的相同（相关系数 "
                        + Reasons.figure(correlation)
                        + "）。"));
      }
    }
    return said;
  }

  private void outliers(int column, List<Text> said) {
    Preparation preparation = learner.preparation();
    int people = preparation.outside().get(column);
    if (people == 0) {
      return;
    }
    Outliers usual = preparation.usual().get(column);
    String least = Reasons.figure(learner.unscaled(column, usual.least()));
    String most = Reasons.figure(learner.unscaled(column, usual.most()));
    boolean isCapped = preparation.extremes() == Extremes.CAP;
    Text name = names.get(column);
    said.add(
        new Text(
            name.en()
                + ": "
                + people
                + " customers lie outside what is usual, "
                + least
                + " to "
                + most
                + " (one and a half times the middle half beyond it); "
                + (isCapped
                    ? "they count as the nearest usual value."
                    : "nothing is learnt from them, but they get a chance like all."),
            name.zh()
                + "："
                + people
                + " 人超出常见范围 "
                + least
                + " 至 "
                + most
                + "（四分位距的 1.5 倍之外）；"
                + (isCapped ? "按最近的常见值计算。" : "不参与学习，但同样给出概率。")));
  }
}
