package soloist.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.config.Company;
import soloist.lane.Row;
import soloist.profile.ProfileDocuments;
import soloist.profile.Refold;
import soloist.security.Keys;
import soloist.security.Links;
import soloist.spi.Text;

class RendererTest {
  private static final String MESSAGE = "00112233445566778899aabbccddeeff";
  private static final Pattern LINK = Pattern.compile("https://me\\.example/[cu]/[A-Za-z0-9_-]+");

  @TempDir private Path folder;
  private Renderer renderer;

  @BeforeEach
  void open() throws IOException {
    Keys keys = Keys.open(folder.resolve("key"));
    renderer =
        new Renderer(
            new Links(keys, () -> URI.create("https://me.example")),
            () ->
                new Company(
                    "en",
                    ZoneOffset.UTC,
                    Currency.getInstance("EUR"),
                    "Tea & Co",
                    "Road 1",
                    "",
                    new Text("", "")));
  }

  @Test
  void noTraitBecomesMarkup() {
    for (String payload : payloads()) {
      Rendered rendered = render("Hi {{first_name}}", "Dear {{first_name}},", payload);
      String harmless = render("Hi", "Dear ,", "").html();

      assertEquals(tags(harmless), tags(rendered.html()), payload);
      assertTrue(rendered.text().contains("Dear " + payload + ","), payload);
      assertFalse(rendered.subject().matches("(?s).*\\p{Cntrl}.*"), payload);
    }
  }

  @Test
  void whatFollowsFromHabitsIsAFieldAsWhatWasTold() {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Document stored =
        new Refold(
                null,
                List.of(
                    order("one", now.minus(Duration.ofDays(40)), "10.00"),
                    order("two", now.minus(Duration.ofDays(2)), "30.00")),
                List.of())
            .end();

    Map<String, String> fields = Renderer.fields(ProfileDocuments.read(stored), now);
    Rendered rendered =
        renderer.render(
            template(
                "{{times:order}} orders",
                "{{times_30d:order}} of {{orders}} lately, {{average_order_EUR}} on average,"
                    + " mostly {{favourite_category}}{{^favourite_brand}}, of any brand{{/favourite_brand}}",
                "Go"),
            MESSAGE,
            "en",
            fields);

    assertEquals("2 orders", rendered.subject());
    assertTrue(
        rendered.text().startsWith("1 of 2 lately, 20 on average, mostly tea, of any brand"),
        rendered.text());
  }

  private static Row order(String id, Instant time, String total) {
    return Row.draft(
        id,
        "ada",
        List.of(),
        "order",
        time,
        "api",
        Map.of("email", "ada@example.com"),
        Map.of("total", new BigDecimal(total), "currency", "EUR", "category", "tea"));
  }

  /** Ways into a page, each alone, out of an attribute, of a comment, and in other spellings. */
  private static List<String> payloads() {
    List<String> payloads = new ArrayList<>();
    for (String start :
        List.of("", "\"", "'", "\">", "-->", "</p>", "]]>", "</title>", "\\\"", "`")) {
      payloads.add(start + "<script>alert(1)</script>");
      payloads.add(start + "<img src=x onerror=alert(1)>");
      payloads.add(start + "<svg/onload=alert(1)>");
      payloads.add(start + "<a href=\"javascript:alert(1)\">x</a>");
      payloads.add(start + "<IFRAME srcdoc='<b>'>");
    }
    return payloads;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{7*7}}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{{{secret}}}",
        "{{secret}}",
        "{{&secret}}",
        "{{#secret}}x{{/secret}}",
        "{{>secret}}",
        "{body}",
        "{unsubscribe}",
        "{0}",
        "T(java.lang.Runtime).getRuntime()"
      })
  void aTraitIsTextAndNeverATemplate(String payload) {
    Rendered rendered = render("{{first_name}}", "{{first_name}}", payload);

    assertEquals(payload, rendered.subject());
    assertTrue(rendered.text().startsWith(payload + "\n"));
    assertFalse(rendered.html().contains("hidden"));
    assertFalse(rendered.html().contains(">49"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{{first_name}}}",
        "{{ {first_name} }}",
        "{{&first_name}}",
        "{{ & first_name}}",
        "{{=[[ ]]=}}[[&first_name]]",
        "{{= | | =}}"
      })
  void aTemplateMayNotSwitchEscapingOff(String text) {
    assertThrows(IllegalArgumentException.class, () -> template("Hi", text, "Go"));
    assertThrows(IllegalArgumentException.class, () -> template(text, "Hi", "Go"));
    assertThrows(IllegalArgumentException.class, () -> template("Hi", "Hi", text));
  }

  @Test
  void bothVersionsOfAMailHaveTheSameLinks() {
    Rendered rendered = render("Hi", "Hello", "Ada");

    assertEquals(2, links(rendered.text()).size());
    assertEquals(links(rendered.text()), links(rendered.html()));
    assertEquals(1, rendered.html().split("https://me.example/o/", -1).length - 1);
    assertFalse(rendered.html().contains("{"), "every place is filled");
  }

  @Test
  void aSubjectIsOneLine() {
    assertEquals("Hi a Bcc: b", render("Hi {{first_name}}", "x", "a\r\nBcc: b").subject());
  }

  @Test
  void aPersonsLanguageIsTakenWhereThereIsOne() {
    assertEquals("zh-CN", render("zh-CN").language());
    assertTrue(render("zh-CN").text().contains("退订"));
    assertEquals("zh-CN", render("zh").language());
    assertEquals("en", render("en-GB").language());
    assertEquals("en", render("de").language());
    assertEquals("en", render("").language());
  }

  private Rendered render(String language) {
    return renderer.render(template("Hi", "Hello", "Go"), MESSAGE, language, Map.of());
  }

  private Rendered render(String subject, String paragraph, String name) {
    return renderer.render(
        template(subject, paragraph, "Go"),
        MESSAGE,
        "en",
        Map.of("first_name", name, "secret", "hidden"));
  }

  private static Template template(String subject, String paragraph, String button) {
    Map<String, Object> version =
        Map.of(
            "subject",
            subject,
            "blocks",
            List.of(
                Map.of("paragraph", paragraph),
                Map.of("button", button, "url", "https://shop.example/tea")));
    return Template.read(
        Map.of("id", "t", "version", 1, "languages", Map.of("en", version, "zh-CN", version)));
  }

  private static Set<String> links(String text) {
    return new TreeSet<>(LINK.matcher(text).results().map(it -> it.group()).toList());
  }

  private static List<String> tags(String html) {
    return Pattern.compile("<[^>]*>").matcher(html).results().map(it -> it.group()).toList();
  }
}
