package soloist.profile;

import java.util.regex.Pattern;

/** What a fact is about: the sets in which columns are offered to be chosen. */
public enum FactSet {
  /** Who somebody is: what was told. */
  PERSON,
  /** What they buy, and for how much. */
  BUYING,
  /** How lately and how often. */
  TIME,
  /** What else they do. */
  DOING,
  /** What a profiler has concluded. */
  LEARNT,
  /** What the owner makes of others. */
  OWN;

  private static final Pattern BUYS =
      Pattern.compile(
          "(spent|average_order|mean_price)_.+|share:.+|items|different_products"
              + "|favourite_(category|brand)");
  private static final Pattern WHEN =
      Pattern.compile(
          "(first|last)_(order|seen)|last:.+|preferred_hour|orders|returns"
              + "|times(_\\d+d)?:order(\\..+)?");
  private static final Pattern DOES = Pattern.compile("times(_\\d+d)?:.+");

  /**
   * @param isLearnt whether a profiler said it
   */
  public static FactSet of(String key, boolean isLearnt) {
    if (OwnFields.isOne(key)) {
      return OWN;
    }
    if (isLearnt) {
      return LEARNT;
    }
    if (BUYS.matcher(key).matches()) {
      return BUYING;
    }
    if (WHEN.matcher(key).matches()) {
      return TIME;
    }
    return DOES.matcher(key).matches() ? DOING : PERSON;
  }
}
