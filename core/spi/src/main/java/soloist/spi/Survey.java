package soloist.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Connector} found at its source before anything is brought in.
 *
 * @param detected settings it found by looking, such as {@code encoding} to {@code GB18030}; the
 *     same keys and values as in its {@code config.schema.json}, where the owner may set them
 *     otherwise
 * @param fields in the order of the source
 * @param guess what they seem to mean
 * @param sample the first rows as they were written, at most 50, each with one text a field
 * @param rows how many records there are; -1 when not known
 * @param notes what the owner should know, such as columns of the same name
 */
public record Survey(
    Map<String, String> detected,
    List<Field> fields,
    Mapping guess,
    List<List<String>> sample,
    long rows,
    List<Text> notes) {

  /**
   * One field.
   *
   * @param name as the source writes it; empty when it has none
   * @param type {@code text}, {@code number}, {@code date} or {@code boolean}, as far as its values
   *     show
   * @param confidence of the guess, 0 to 1
   */
  public record Field(String name, String type, double confidence) {}

  public Survey {
    detected = Collections.unmodifiableMap(new LinkedHashMap<>(detected));
    fields = List.copyOf(fields);
    sample = sample.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    if (fields.size() != guess.targets().size()) {
      throw new IllegalArgumentException(
          fields.size() + " fields, but " + guess.targets().size() + " guesses");
    }
  }
}
