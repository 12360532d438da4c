package soloist.learning.words;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import soloist.learning.data.Outliers;
import soloist.learning.data.Preparation;
import soloist.learning.data.Preparation.Extremes;
import soloist.learning.data.Selection;
import soloist.learning.data.Vocabulary;
import soloist.spi.Text;

/** What was done to columns before a method saw them, and why. */
public final class PreparationWords {
  private static final int MOST_WORDS = 30;

  private PreparationWords() {}

  /** A comparable value of a column as a person reads it: in its own unit and rounded. */
  @FunctionalInterface
  public interface Shown {
    String of(int column, double comparable);
  }

  /** Which sensitive traits are used, and the owner's reason; empty where none is. */
  public static List<Text> sensitive(List<String> guarded, String reason) {
    return guarded.isEmpty()
        ? List.of()
        : List.of(
            new Text(
                "It goes by sensitive facts, "
                    + String.join(", ", guarded)
                    + ", because you chose so: "
                    + reason,
                "它使用了敏感信息：" + String.join("、", guarded) + "。这是您的选择，理由：" + reason));
  }

  /**
   * Which words of texts count.
   *
   * @param label of the key of a text
   * @param weight what is to be said of how much they weigh, with a comma in front, or nothing
   */
  public static List<Text> vocabulary(
      Vocabulary vocabulary, Function<String, Text> label, Text weight) {
    List<Text> said = new ArrayList<>();
    for (int i = 0; i < vocabulary.keys().size(); i++) {
      Text key = label.apply(vocabulary.keys().get(i));
      List<String> all = vocabulary.bags().get(i).words();
      List<String> first = all.subList(0, Math.min(MOST_WORDS, all.size()));
      said.add(
          new Text(
              "Of "
                  + key.en()
                  + " it takes "
                  + all.size()
                  + " words, each the rarer the heavier (TF-IDF)"
                  + weight.en()
                  + "; those that tell most texts apart first: "
                  + String.join(", ", first),
              "从"
                  + key.zh()
                  + "中取 "
                  + all.size()
                  + " 个词，越少见权重越大（TF-IDF）"
                  + weight.zh()
                  + "；最能区分文本的在前："
                  + String.join("、", first)));
    }
    return said;
  }

  /**
   * Which columns were left out and what became of outliers.
   *
   * @param names of the columns
   * @param instead what holds for people from whom nothing is learnt
   */
  public static List<Text> columns(
      Preparation preparation, List<Text> names, Shown shown, Text instead) {
    List<Text> said = new ArrayList<>();
    for (Selection.Choice choice : preparation.choices()) {
      Text column = names.get(choice.column());
      switch (choice) {
        case Selection.Choice.Kept(int at) -> {
          if (preparation.outside().get(at) > 0) {
            said.add(outliers(preparation, at, column, shown, instead));
          }
        }
        case Selection.Choice.Constant _ ->
            said.add(
                new Text(
                    "Left out: " + column.en() + ", which is the same for everybody.",
                    "未采用：" + column.zh() + "，所有人都相同。"));
        case Selection.Choice.Redundant(int _, int with, double correlation) ->
            said.add(redundant(column, names.get(with), correlation));
      }
    }
    return said;
  }

  private static Text redundant(Text column, Text with, double correlation) {
    String figure =
        BigDecimal.valueOf(correlation)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    return new Text(
        "Left out: "
            + column.en()
            + ", which says what "
            + with.en()
            + " says (correlation "
            + figure
            + ").",
        "未采用：" + column.zh() + "，与" + with.zh() + "说明的相同（相关系数 " + figure + "）。");
  }

  private static Text outliers(
      Preparation preparation, int column, Text name, Shown shown, Text instead) {
    int people = preparation.outside().get(column);
    Outliers usual = preparation.usual().get(column);
    String least = shown.of(column, usual.least());
    String most = shown.of(column, usual.most());
    boolean isCapped = preparation.extremes() == Extremes.CAP;
    return new Text(
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
                : "nothing is learnt from them, " + instead.en() + "."),
        name.zh()
            + "："
            + people
            + " 人超出常见范围 "
            + least
            + " 至 "
            + most
            + "（四分位距的 1.5 倍之外）；"
            + (isCapped ? "按最近的常见值计算。" : "不参与学习，" + instead.zh() + "。"));
  }
}
