package soloist.learning.words;

import soloist.spi.Text;

/**
 * What a method is chosen by beside its accuracy. That one is measured on the owner's customers;
 * these two are known of the method, in one to three stars.
 */
public final class Qualities {
  private static final int MOST = 3;

  private Qualities() {}

  public static Text of(int explained, int flexible) {
    return new Text(
        "Easy to explain: "
            + stars(explained)
            + ", flexible: "
            + stars(flexible)
            + "; how accurate it is, its measures say.",
        "易于解释：" + stars(explained) + "，灵活：" + stars(flexible) + "；准确程度见各项指标。");
  }

  private static String stars(int count) {
    return "★".repeat(count) + "☆".repeat(MOST - count);
  }
}
