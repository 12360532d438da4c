package soloist.spi;

import static java.util.Objects.requireNonNull;

/**
 * What an owner can do about a message that did not go out.
 *
 * @param setting the key of the setting to look at, empty when it is none of them
 * @param text what is wrong, where, and how to mend it
 */
public record Advice(String setting, Text text) {
  public Advice {
    requireNonNull(setting);
    requireNonNull(text);
  }
}
