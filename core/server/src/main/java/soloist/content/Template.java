package soloist.content;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a message says, in each language, as blocks; HTML and text are made from the same ones.
 *
 * @param languages by language tag, at least one
 */
public record Template(String id, int version, Map<String, Version> languages) {

  /**
   * One language of a template. Texts may hold merge fields such as <code>{{first_name}}</code>.
   */
  public record Version(String subject, List<Block> blocks) {}

  public sealed interface Block {
    record Paragraph(String text) implements Block {}

    record Button(String label, URI url) implements Block {}
  }

  private static final Pattern UNESCAPED = Pattern.compile("\\{\\{\\s*[{&=]");

  public Template {
    languages = Map.copyOf(languages);
    if (languages.isEmpty()) {
      throw new IllegalArgumentException("template '" + id + "' has no language");
    }
  }

  /**
   * The language of this template for somebody who reads {@code language}: that one, else one of
   * the same tongue ({@code zh} and {@code zh-CN}), else the first in alphabetical order.
   */
  String closest(String language) {
    List<String> ours = languages.keySet().stream().sorted().toList();
    return ours.stream()
        .filter(language::equals)
        .findFirst()
        .or(() -> ours.stream().filter(tag -> tongue(tag).equals(tongue(language))).findFirst())
        .orElse(ours.getFirst());
  }

  private static String tongue(String tag) {
    return tag.split("-", 2)[0];
  }

  /** The version in a language that the template has. */
  Version in(String language) {
    Version version = languages.get(language);
    if (version == null) {
      throw new IllegalStateException("template '" + id + "' has no language " + language);
    }
    return version;
  }

  /**
   * Reads a template from a document.
   *
   * @throws IllegalArgumentException when something is missing; the message says what
   */
  public static Template read(Map<String, Object> document) {
    Map<String, Version> languages = new LinkedHashMap<>();
    map(document, "languages")
        .forEach(
            (language, value) -> {
              Map<String, Object> version = asMap(value, language);
              List<Block> blocks = new ArrayList<>();
              for (Object block : (List<?>) required(version, "blocks")) {
                blocks.add(block(asMap(block, "blocks")));
              }
              languages.put(language, new Version(text(version, "subject"), List.copyOf(blocks)));
            });
    return new Template(
        text(document, "id"), ((Number) required(document, "version")).intValue(), languages);
  }

  private static Block block(Map<String, Object> block) {
    return block.containsKey("button")
        ? new Block.Button(text(block, "button"), URI.create(text(block, "url")))
        : new Block.Paragraph(text(block, "paragraph"));
  }

  /** Whether a text would switch escaping off or change the braces. */
  static boolean isUnescaped(String text) {
    return UNESCAPED.matcher(text).find();
  }

  private static Object required(Map<String, Object> document, String key) {
    Object value = document.get(key);
    if (value == null) {
      throw new IllegalArgumentException("a template needs '" + key + "'");
    }
    return value;
  }

  private static String text(Map<String, Object> document, String key) {
    String text = String.valueOf(required(document, key));
    if (isUnescaped(text)) {
      throw new IllegalArgumentException(
          "'" + key + "' of a template may not switch escaping off or change the braces: " + text);
    }
    return text;
  }

  private static Map<String, Object> map(Map<String, Object> document, String key) {
    return asMap(required(document, key), key);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object value, String key) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("'" + key + "' of a template must be an object");
  }
}
