package soloist.spi;

import static java.util.Objects.requireNonNull;

/**
 * One sentence or name in both languages of the product.
 *
 * @param en English
 * @param zh 简体中文
 */
public record Text(String en, String zh) {
  public Text {
    requireNonNull(en);
    requireNonNull(zh);
  }
}
