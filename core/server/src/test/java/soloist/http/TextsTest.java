package soloist.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.identity.Identifiers;

class TextsTest {
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]\\}");
  private static final Pattern PROBLEM =
      Pattern.compile("new Problem\\(\\s*[0-9]+,\\s*\"([a-z-]+)\"");
  private static final List<Pattern> USES =
      List.of(
          Pattern.compile("Texts\\.say\\([^,()]+,\\s*\"([a-z.-]+)\"[,)]"),
          Pattern.compile("fault\\(\\s*\"[^\"]*\"(?: \\+ [a-z]+)?,\\s*\"([a-z-]+)\"[,)]"),
          Pattern.compile("fault\\(\\s*pointer[^,]*,\\s*\"([a-z-]+)\""),
          Pattern.compile("Problem\\.invalid\\(\\s*\"[^\"]*\",\\s*\"([a-z-]+)\""),
          Pattern.compile("new Unjudgeable\\(\\s*\"([a-z-]+)\""),
          Pattern.compile("text\\(body, \"[a-z]+\", [A-Z]+, \"([a-z-]+)\"\\)"));

  @Test
  void everySentenceIsThereInBothLanguagesWithTheSamePlaces() {
    for (String key : Texts.all().fieldNames()) {
      JsonObject sentence = Texts.all().getJsonObject(key);
      assertEquals(Set.of("en", "zh-CN"), sentence.fieldNames(), key);
      assertFalse(sentence.getString("en").isBlank(), key);
      assertFalse(sentence.getString("zh-CN").isBlank(), key);
      assertEquals(places(sentence.getString("en")), places(sentence.getString("zh-CN")), key);
    }
  }

  @Test
  void everyCodeThatIsUsedHasWords() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        USES.forEach(use -> use.matcher(source).results().forEach(it -> used.add(it.group(1))));
        PROBLEM
            .matcher(source)
            .results()
            .forEach(it -> used.addAll(List.of(it.group(1), it.group(1) + ".title")));
      }
    }
    Identifiers.KINDS.forEach(kind -> used.add("identifier-" + kind));

    assertTrue(used.size() > 45, "found only " + used);
    used.removeAll(Texts.all().fieldNames());
    assertEquals(Set.of(), used);
  }

  @ParameterizedTest
  @CsvSource({
    ", en",
    "de, en",
    "'zh-TW,zh;q=0.9', zh-CN",
    "'fr, zh-CN;q=0.8, en;q=0.5', zh-CN",
    "'en-GB', en",
    "';;;', en"
  })
  void aCallerIsAnsweredInTheFirstLanguageThatIsOurs(String header, String language) {
    assertEquals(language, Texts.language(header));
  }

  @Test
  void wordsThatAreNotThereAreADefect() {
    assertThrows(IllegalStateException.class, () -> Texts.say("en", "nothing"));
  }

  private static Set<String> places(String text) {
    return new TreeSet<>(PLACE.matcher(text).results().map(it -> it.group()).toList());
  }
}
