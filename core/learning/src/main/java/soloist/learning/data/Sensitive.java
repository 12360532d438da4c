package soloist.learning.data;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Columns that tell what the law protects most (Article 9 of the GDPR) or what nobody may be
 * treated differently for, by the words of their names. A name that hides it is not found out.
 */
public final class Sensitive {
  private static final Pattern BETWEEN = Pattern.compile("[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])");

  /** How such words begin. */
  private static final List<String> STEMS =
      List.of(
          "gender",
          "sex",
          "race",
          "racial",
          "ethnic",
          "religio",
          "faith",
          "belief",
          "nationalit",
          "disab",
          "health",
          "illness",
          "disease",
          "diagnos",
          "medic",
          "pregnan",
          "genetic",
          "biometric",
          "orientation",
          "politic",
          "union");

  private static final List<String> IN_CHINESE =
      List.of(
          "性别", "性取向", "种族", "民族", "宗教", "信仰", "国籍", "残疾", "健康", "疾病", "病史", "诊断", "医疗", "怀孕", "基因",
          "生物识别", "政治", "党派", "工会");

  private Sensitive() {}

  /** Those that are, in their order. */
  public static List<String> among(Collection<String> keys) {
    return keys.stream().filter(Sensitive::isOne).toList();
  }

  private static boolean isOne(String key) {
    return IN_CHINESE.stream().anyMatch(key::contains)
        || BETWEEN
            .splitAsStream(key)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .anyMatch(word -> STEMS.stream().anyMatch(word::startsWith));
  }
}
