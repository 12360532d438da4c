package soloist.http;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Every sentence that the server says to a person, in English and 简体中文, from one file. */
public final class Texts {
  public static final String ENGLISH = "en";
  public static final String CHINESE = "zh-CN";

  private static final JsonObject WORDS = read();

  private Texts() {}

  /** The language that a caller's Accept-Language asks for first among ours, English when none. */
  public static String language(@org.jspecify.annotations.Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.isBlank()) {
      return ENGLISH;
    }
    try {
      String tag =
          Locale.lookupTag(
              Locale.LanguageRange.parse(acceptLanguage), List.of(ENGLISH, CHINESE, "zh"));
      return tag != null && tag.toLowerCase(Locale.ROOT).startsWith("zh") ? CHINESE : ENGLISH;
    } catch (IllegalArgumentException _) {
      return ENGLISH;
    }
  }

  /** The sentence of a key with {0}, {1} … replaced; fails for a key that is not there. */
  public static String say(String language, String key, List<String> values) {
    JsonObject sentence = WORDS.getJsonObject(key);
    if (sentence == null) {
      throw new IllegalStateException("no words for '" + key + "'");
    }
    String text = sentence.getString(language);
    for (int i = 0; i < values.size(); i++) {
      text = text.replace("{" + i + "}", values.get(i));
    }
    return text;
  }

  public static String say(String language, String key, String... values) {
    return say(language, key, List.of(values));
  }

  static JsonObject all() {
    return WORDS;
  }

  private static JsonObject read() {
    try (InputStream in = Texts.class.getResourceAsStream("/soloist/http/texts.json")) {
      if (in == null) {
        throw new IllegalStateException("texts.json is missing");
      }
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
