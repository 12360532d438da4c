package soloist.profiler.predict;

import java.util.List;
import java.util.Locale;
import soloist.learning.predict.Method;
import soloist.spi.Text;

/** What each method is good at, where it is weak, and what is done against that here. */
final class Methods {
  private Methods() {}

  static Text name(Method method) {
    return switch (method) {
      case LOGISTIC -> new Text("Logistic regression", "逻辑回归");
      case TREE -> new Text("Decision tree", "决策树");
      case FOREST -> new Text("Random forest", "随机森林");
      case BAYES -> new Text("Naive Bayes", "朴素贝叶斯");
      case NEIGHBOURS -> new Text("Nearest neighbours", "K 近邻");
      case VECTORS -> new Text("Support vector machine", "支持向量机");
      case NETWORK -> new Text("Neural network", "神经网络");
    };
  }

  static List<Text> sides(Method method) {
    return switch (method) {
      case LOGISTIC ->
          List.of(
              new Text(
                  "Strong: steady with few customers, each fact has one weight, chances are honest: the"
                      + " weighted facts add up to the logit z, and the chance is 1 / (1 + e^-z), the"
                      + " sigmoid of it.",
                  "长处：客户少也稳定，每个事实一个权重，概率可信：加权求和得到对数几率 z，概率为 1 / (1 + e^-z)，即 Sigmoid 函数。"),
              new Text(
                  "Weak: sees no bends and no facts that matter only together. Against that: long tails"
                      + " are shortened by logarithms, and the other methods are tried beside it.",
                  "弱点：看不到弯曲和事实间的相互作用。对策：用对数压缩长尾，并同时尝试其他方法。"));
      case TREE ->
          List.of(
              new Text(
                  "Strong: reads as questions and answers, sees bends and combinations.",
                  "长处：如同问答般易读，能看到弯曲和组合。"),
              new Text(
                  "Weak: learns by heart and changes with few customers. Against that: leaves of at"
                      + " least five, and branches that do not pay are cut by cross-validation.",
                  "弱点：容易死记，随少数客户而变。对策：每叶至少五位客户，并用交叉验证剪去无益的分枝。"));
      case FOREST ->
          List.of(
              new Text(
                  "Strong: often the most accurate, sees combinations, hardly learns by heart.",
                  "长处：往往最准确，能看到组合，不易死记。"),
              new Text(
                  "Weak: two hundred trees cannot be read. Against that: what each fact changed is"
                      + " added up over the trees and shown with every chance.",
                  "弱点：两百棵树无法逐一阅读。对策：把每个事实的影响在所有树上相加，随每个概率显示。"));
      case BAYES ->
          List.of(
              new Text(
                  "Strong: learns from very few customers, at once, by Bayes: P(it happens | facts) ="
                      + " P(facts | it happens) P(it happens) / P(facts).",
                  "长处：极少客户即可学习，速度快。依据贝叶斯公式：P(发生 | 事实) = P(事实 | 发生) P(发生) / P(事实)。"),
              new Text(
                  "Weak: takes facts as independent, so its chances are too extreme. Against that: they"
                      + " are calibrated by what came.",
                  "弱点：假定事实相互独立，概率过于极端。对策：按实际结果校准。"));
      case NEIGHBOURS ->
          List.of(
              new Text(
                  "Strong: takes nothing for granted; its reason is \"customers like them\".",
                  "长处：不作假设，理由就是“与他相似的客户”。"),
              new Text(
                  "Weak: slow with many customers and misled by facts that do not matter. Against that:"
                      + " facts are scaled, and it asks five thousand customers at most.",
                  "弱点：客户多时慢，易受无关事实误导。对策：统一尺度，最多比较五千位客户。"));
      case VECTORS ->
          List.of(
              new Text("Strong: draws curved borders from few customers.", "长处：客户少也能画出弯曲的界线。"),
              new Text(
                  "Weak: says no chances and cannot be read. Against that: chances are calibrated by"
                      + " what came, and what moved one is found by trying it out.",
                  "弱点：不给出概率且无法解读。对策：按实际结果校准概率，并通过试验找出影响因素。"));
      case NETWORK ->
          List.of(
              new Text("Strong: fits any shape when there are many customers.", "长处：客户多时可拟合任何形状。"),
              new Text(
                  "Weak: needs many customers and cannot be read. Against that: it is small, its"
                      + " weights are kept small, and below 200 customers it is not tried.",
                  "弱点：需要大量客户且无法解读。对策：规模小、限制权重，客户不足 200 位时不尝试。"));
    };
  }

  /**
   * Its formula with the figures of this model, where it has one.
   *
   * @param share of the customers to whom it happened
   * @param usual the chance that it gives one of whom everything is as usual
   */
  static List<Text> inFigures(Method method, double share, double usual) {
    return switch (method) {
      case LOGISTIC -> {
        String z = figure(Math.log(usual / (1 - usual)));
        yield List.of(
            new Text(
                "In figures: a customer of whom everything is as usual has the logit z = "
                    + z
                    + ", so the sigmoid 1 / (1 + e^-("
                    + z
                    + ")) = "
                    + figure(usual)
                    + ".",
                "以数值说明：各项事实均为通常值的客户，对数几率 z = "
                    + z
                    + "，Sigmoid 函数 1 / (1 + e^-("
                    + z
                    + ")) = "
                    + figure(usual)
                    + "。"));
      }
      case BAYES ->
          List.of(
              new Text(
                  "In figures: P(it happens) = "
                      + figure(share)
                      + " before anything is known of a customer, and P(it happens | everything is as"
                      + " usual) = "
                      + figure(usual)
                      + ", before it is calibrated.",
                  "以数值说明：对客户一无所知时 P(发生) = "
                      + figure(share)
                      + "；各项事实均为通常值时 P(发生 | 通常值) = "
                      + figure(usual)
                      + "（校准前）。"));
      case TREE, FOREST, NEIGHBOURS, VECTORS, NETWORK -> List.of();
    };
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** How easily its answers are explained, 1 to 3. */
  static int explained(Method method) {
    return switch (method) {
      case LOGISTIC, TREE -> 3;
      case BAYES, NEIGHBOURS, FOREST -> 2;
      case VECTORS, NETWORK -> 1;
    };
  }

  /** How many shapes it can take, 1 to 3. */
  static int flexible(Method method) {
    return switch (method) {
      case LOGISTIC, BAYES -> 1;
      case TREE, NEIGHBOURS -> 2;
      case FOREST, VECTORS, NETWORK -> 3;
    };
  }
}
