package soloist.spi;

import java.util.Map;
import java.util.Optional;

/**
 * The settings of one plugin instance, checked against its {@code config.schema.json} before it
 * sees them.
 *
 * @param values key to value as text; numbers and booleans in their JSON form
 */
public record Settings(Map<String, String> values) {

  public Settings {
    values = Map.copyOf(values);
  }

  public Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
  }

  /**
   * The value of a key that must be there.
   *
   * @throws IllegalArgumentException when it is not; the message names the key
   */
  public String text(String key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException("setting '" + key + "' is missing"));
  }

  /**
   * A whole number between two bounds, both included.
   *
   * @throws IllegalArgumentException when the value is no number or out of bounds; the message
   *     names key and bounds
   */
  public int number(String key, int fallback, int least, int most) {
    String value = find(key).orElse(Integer.toString(fallback));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // falls through to the sentence below, which serves both faults
    }
    throw new IllegalArgumentException(
        "setting '"
            + key
            + "' must be a whole number from "
            + least
            + " to "
            + most
            + ", but is '"
            + value
            + "'");
  }

  /** Shows the keys only: values may be secrets. */
  @Override
  public String toString() {
    return "Settings" + values.keySet();
  }
}
