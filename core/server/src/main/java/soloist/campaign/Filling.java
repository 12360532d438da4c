package soloist.campaign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts answers into the texts of a document: <code>{{key}}</code> becomes the answer of that key,
 * and every other pair of braces stays.
 */
final class Filling {
  private final Map<String, String> values = new LinkedHashMap<>();

  private Filling() {}

  /**
   * @param language in which an answer in several is taken
   */
  static Filling of(Map<String, Object> answers, String language) {
    Filling filling = new Filling();
    answers.forEach(
        (key, answer) -> {
          Object value = answer instanceof Map<?, ?> words ? words.get(language) : answer;
          if (value != null) {
            filling.values.put("{{" + key + "}}", value.toString());
          }
        });
    return filling;
  }

  Map<String, Object> fill(Map<String, Object> document) {
    Map<String, Object> filled = new LinkedHashMap<>();
    document.forEach((key, value) -> filled.put(key, value(value)));
    return filled;
  }

  @SuppressWarnings("unchecked")
  private Object value(Object value) {
    return switch (value) {
      case String text -> text(text);
      case Map<?, ?> map -> fill((Map<String, Object>) map);
      case List<?> list -> list.stream().map(this::value).toList();
      default -> value;
    };
  }

  private String text(String text) {
    String filled = text;
    for (Map.Entry<String, String> each : values.entrySet()) {
      filled = filled.replace(each.getKey(), each.getValue());
    }
    return filled;
  }
}
