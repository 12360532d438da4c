package soloist.rules.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.rules.condition.Where.Match.CONTAINS;
import static soloist.rules.condition.Where.Match.IS;
import static soloist.rules.condition.Where.Match.STARTS_WITH;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.rules.condition.Where.Match;

class WhereTest {

  @ParameterizedTest
  @CsvSource({
    "IS,          green tea, true",
    "IS,          green,     false",
    "CONTAINS,    n T,       true",
    "CONTAINS,    black,     false",
    "STARTS_WITH, GREEN,     true",
    "STARTS_WITH, tea,       false"
  })
  void comparesAsItIsAskedToWithoutRegardToCase(Match match, String value, boolean holds) {
    assertEquals(holds, holds("query", match, value, Map.of("query", " Green Tea")));
  }

  @Test
  void takesWideCharactersForTheSame() {
    assertTrue(holds("query", IS, "ABC茶", Map.of("query", "ＡＢＣ茶")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/tea/green?utm_source=mail, /tea/green",
    "https://shop.example/%E8%8C%B6#top,             /茶",
    "https://shop.example?a=b,                       /",
    "/tea,                                           /tea"
  })
  void readsThePageFromTheAddress(String url, String path) {
    assertEquals(List.of(path), Where.said(Where.PATH, Map.of("url", url)));
  }

  @Test
  void whatIsNoAddressHasNoPage() {
    assertEquals(List.of(), Where.said(Where.PATH, Map.of("url", "http://[")));
    assertEquals(List.of(), Where.said(Where.PATH, Map.of("url", "mailto:ada@example.com")));
    assertEquals(List.of("/own"), Where.said(Where.PATH, Map.of("url", "/x", "path", "/own")));
  }

  @Test
  void asksEachLineOfAnOrderToo() {
    Map<String, Object> order =
        Map.of(
            "category", "Gift", "lines", List.of(Map.of("category", "Tea"), Map.of("a", 1), "x"));

    assertTrue(holds("category", IS, "tea", order));
    assertTrue(holds("category", IS, "gift", order));
    assertFalse(holds("category", IS, "coffee", order));
  }

  @Test
  void readsNumbersInPlainDigitsAndNothingElseAsText() {
    assertTrue(holds("product", IS, "1700", Map.of("product", new BigDecimal("17E+2"))));
    assertTrue(holds("gift", IS, "true", Map.of("gift", true)));
    assertFalse(holds("product", CONTAINS, "a", Map.of("product", Map.of("a", "a"))));
    assertFalse(holds("product", CONTAINS, "a", Map.of()));
  }

  @Test
  void refusesWhatNothingCouldBe() {
    assertThrows(IllegalArgumentException.class, () -> new Where("path", STARTS_WITH, " "));
    assertThrows(IllegalArgumentException.class, () -> new Where("", IS, "a"));
    assertThrows(IllegalArgumentException.class, () -> new Where("a", IS, "a".repeat(201)));
  }

  private static boolean holds(
      String property, Match match, String value, Map<String, Object> properties) {
    return new Where(property, match, value).holds(properties);
  }
}
