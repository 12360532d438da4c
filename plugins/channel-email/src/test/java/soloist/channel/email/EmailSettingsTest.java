package soloist.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Settings;
import soloist.testkit.SettingsContract;

class EmailSettingsTest implements SettingsContract {
  private static final Map<String, String> LEAST =
      Map.of("host", "smtp.example.com", "from", "news@shop.example");

  @Override
  public EmailSettings read(Settings settings) {
    return EmailSettings.of(settings);
  }

  @Override
  public Map<String, String> least() {
    return LEAST;
  }

  @Test
  void hasTheBoundsOfTheSchema() {
    for (RecordComponent component : EmailSettings.class.getRecordComponents()) {
      String key = component.getName();
      if (component.getType() == int.class) {
        int least = property(key).get("minimum").asInt();
        int most = property(key).get("maximum").asInt();

        EmailSettings.of(with(key, Integer.toString(least)));
        EmailSettings.of(with(key, Integer.toString(most)));
        assertTrue(refusal(key, Integer.toString(least - 1)).contains("'" + key + "'"));
        assertTrue(refusal(key, Integer.toString(most + 1)).contains("'" + key + "'"));
      }
    }
  }

  @Test
  void takesTheWordsOfTheSchemaForSecurity() {
    List<String> words = SettingsContract.words(property("security").get("enum"));

    assertEquals(
        Arrays.stream(EmailSettings.Security.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList(),
        words);
    words.forEach(word -> EmailSettings.of(with("security", word)));
  }

  @Test
  void neverShowsThePasswordAgain() {
    assertTrue(property("password").get("x-secret").asBoolean());
    assertTrue(property("password").get("writeOnly").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({
    "port,        many,            whole number",
    "security,    ssl,             'none, starttls, tls'",
    "host,        'a b',           no name of a server",
    "from,        news,            name@domain",
    "from,        news@a@\u760a.example, could end a line",
    "replyTo,     nobody,          'replyTo'",
    "username,    ada,             belong together",
    "password,    secret,          belong together"
  })
  void saysWhatIsWrongWithAValue(String key, String value, String sentence) {
    assertTrue(refusal(key, value).contains(sentence), refusal(key, value));
  }

  @Test
  void refusesASenderNameThatCouldStartAHeader() {
    assertTrue(refusal("fromName", "Shop\r\nBcc: all@example.com").contains("one line"));
  }

  @Test
  void sendsNoPasswordToAnotherMachineInTheClear() {
    var settings = new HashMap<>(LEAST);
    settings.putAll(Map.of("security", "none", "username", "ada", "password", "secret"));

    assertTrue(refusal(settings).contains("'security'"));
    settings.put("host", "localhost");
    EmailSettings.of(new Settings(settings));
  }

  @Test
  void keepsThePasswordToItself() {
    var settings = new HashMap<>(LEAST);
    settings.putAll(Map.of("username", "ada", "password", "s3cret"));

    assertFalse(EmailSettings.of(new Settings(settings)).toString().contains("s3cret"));
  }

  private static Settings with(String key, String value) {
    var settings = new HashMap<>(LEAST);
    settings.put(key, value);
    return new Settings(settings);
  }

  private static String refusal(String key, String value) {
    return refusal(with(key, value).values());
  }

  private static String refusal(Map<String, String> settings) {
    return assertThrows(
            IllegalArgumentException.class, () -> EmailSettings.of(new Settings(settings)))
        .getMessage();
  }
}
