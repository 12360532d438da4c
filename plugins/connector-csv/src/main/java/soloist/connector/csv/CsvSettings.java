package soloist.connector.csv;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import soloist.spi.Settings;

/**
 * One file and how it is to be read. Keys, defaults and words are those of {@code
 * config.schema.json}; {@code auto} leaves a reading to be found by looking.
 *
 * @param currency of amounts that do not say; null for none
 * @param country ISO 3166, decides between readings that are otherwise equal; null for none
 * @param zone of times that do not say
 */
record CsvSettings(
    Path file,
    String encoding,
    String delimiter,
    String decimal,
    String dates,
    String header,
    String kind,
    @Nullable String currency,
    @Nullable String country,
    ZoneId zone) {

  static final String AUTO = "auto";
  static final List<String> ENCODINGS =
      List.of(AUTO, "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "windows-1252");
  static final List<String> DELIMITERS = List.of(AUTO, ",", ";", "TAB", "|");
  static final List<String> DECIMALS = List.of(AUTO, ".", ",");
  static final List<String> DATES = List.of(AUTO, "ISO", "DMY", "MDY", "YMD", "Excel");
  static final List<String> HEADERS = List.of(AUTO, "yes", "no");
  static final List<String> KINDS = List.of(AUTO, "customers", "orders", "products");

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static CsvSettings of(Settings settings) {
    return new CsvSettings(
        file(settings.text("file")),
        word(settings, "encoding", ENCODINGS),
        word(settings, "delimiter", DELIMITERS),
        word(settings, "decimal", DECIMALS),
        word(settings, "dates", DATES),
        word(settings, "header", HEADERS),
        word(settings, "kind", KINDS),
        settings.find("currency").map(CsvSettings::currency).orElse(null),
        settings.find("country").map(CsvSettings::country).orElse(null),
        zone(settings.find("zone").orElse("UTC")));
  }

  /** What was set for one reading; empty to find it by looking. */
  static Optional<String> set(String word) {
    return word.equals(AUTO) ? Optional.empty() : Optional.of(word);
  }

  private static String word(Settings settings, String key, List<String> words) {
    String word = settings.find(key).orElse(AUTO);
    if (!words.contains(word)) {
      throw new IllegalArgumentException(
          "setting '" + key + "' must be one of " + words + ", but is '" + word + "'");
    }
    return word;
  }

  private static Path file(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("setting 'file' is no path: '" + path + "'", e);
    }
  }

  private static String currency(String code) {
    try {
      return Currency.getInstance(code).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "setting 'currency' must be a code of ISO 4217 such as EUR, but is '" + code + "'", e);
    }
  }

  private static String country(String code) {
    if (Arrays.asList(Locale.getISOCountries()).contains(code)) {
      return code;
    }
    throw new IllegalArgumentException(
        "setting 'country' must be a code of ISO 3166 such as DE, but is '" + code + "'");
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "setting 'zone' must be a time zone such as Europe/Berlin, but is '" + name + "'", e);
    }
  }
}
