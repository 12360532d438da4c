package soloist.content;

import com.samskivert.mustache.Mustache;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import soloist.config.Company;
import soloist.http.Texts;
import soloist.profile.Profile;
import soloist.security.Links;

/**
 * Puts a person's traits into a template and our links around it. Merge fields are logic-less
 * (Mustache) and see what is known of the person only; in HTML every value is escaped. Each button
 * is a tracked link; at the end stand sender, address, unsubscribe link and the open pixel.
 */
public final class Renderer {
  private static final Mustache.Compiler HTML =
      Mustache.compiler()
          .escapeHTML(true)
          .defaultValue("")
          .emptyStringIsFalse(true)
          .withLoader(_ -> nothing());
  private static final Mustache.Compiler TEXT =
      Mustache.compiler()
          .escapeHTML(false)
          .defaultValue("")
          .emptyStringIsFalse(true)
          .withLoader(_ -> nothing());

  private final Links links;
  private final Supplier<Company> company;

  public Renderer(Links links, Supplier<Company> company) {
    this.links = links;
    this.company = company;
  }

  /**
   * Renders one message.
   *
   * @param language the person's; see {@link Template#closest}
   * @param fields what merge fields may name
   */
  public Rendered render(
      Template template, String message, String language, Map<String, String> fields) {
    return render(template, new Tracked(links, message), language, fields);
  }

  /**
   * Renders what a message would look like: buttons lead straight on, nothing is tracked and the
   * way out leads nowhere.
   */
  public Rendered preview(Template template, String language, Map<String, String> fields) {
    return render(template, new Plain(), language, fields);
  }

  /** Where the links of a message lead. */
  private sealed interface Ways {
    URI click(int number, URI destination);

    URI open();

    URI unsubscribe();
  }

  private record Tracked(Links links, String message) implements Ways {
    @Override
    public URI click(int number, URI destination) {
      return links.click(message, number, destination);
    }

    @Override
    public URI open() {
      return links.open(message);
    }

    @Override
    public URI unsubscribe() {
      return links.unsubscribe(message);
    }
  }

  private record Plain() implements Ways {
    private static final URI NO_PIXEL = URI.create("data:,");
    private static final URI NOWHERE = URI.create("#");

    @Override
    public URI click(int number, URI destination) {
      return destination;
    }

    @Override
    public URI open() {
      return NO_PIXEL;
    }

    @Override
    public URI unsubscribe() {
      return NOWHERE;
    }
  }

  /** What merge fields may name: what is known of a person at an instant, as texts. */
  public static Map<String, String> fields(Profile profile, Instant now) {
    Map<String, String> fields = new HashMap<>();
    profile
        .values(now)
        .forEach(
            (key, value) ->
                fields.put(
                    key,
                    value instanceof BigDecimal number
                        ? number.toPlainString()
                        : value.toString()));
    return fields;
  }

  /** The language that a person reads, empty when nobody has told. */
  public static String language(Profile profile) {
    return profile.trait("language").map(trait -> trait.value().toString()).orElse("");
  }

  private Rendered render(
      Template template, Ways ways, String language, Map<String, String> fields) {
    String tag = template.closest(language);
    Template.Version version = template.in(tag);
    URI unsubscribe = ways.unsubscribe();
    String words = tag.startsWith("zh") ? Texts.CHINESE : Texts.ENGLISH;
    StringBuilder html = new StringBuilder();
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Template.Block block : version.blocks()) {
      switch (block) {
        case Template.Block.Paragraph(String paragraph) -> {
          html.append("<p>")
              .append(HTML.compile(escaped(paragraph)).execute(fields))
              .append("</p>\n");
          text.append(TEXT.compile(paragraph).execute(fields)).append("\n\n");
        }
        case Template.Block.Button(String label, URI url) -> {
          URI click = ways.click(number++, url);
          html.append("<p><a href=\"")
              .append(click)
              .append("\" style=\"")
              .append(BUTTON)
              .append("\">");
          html.append(HTML.compile(escaped(label)).execute(fields)).append("</a></p>\n");
          text.append(TEXT.compile(label).execute(fields))
              .append(":\n")
              .append(click)
              .append("\n\n");
        }
      }
    }
    Company from = company.get();
    String why = Texts.say(words, "mail.footer", from.sender(), from.postalAddress());
    String end = Texts.say(words, "mail.unsubscribe");
    String page =
        PAGE.replace("{lang}", tag)
            .replace("{footer}", escaped(why))
            .replace("{unsubscribe}", unsubscribe.toString())
            .replace("{end}", escaped(end))
            .replace("{pixel}", ways.open().toString())
            .replace("{body}", html);
    String subject =
        TEXT.compile(version.subject()).execute(fields).replaceAll("\\p{Cntrl}+", " ").strip();
    return new Rendered(
        subject, page, text + "-- \n" + why + "\n" + end + ": " + unsubscribe + "\n", tag);
  }

  private static java.io.Reader nothing() {
    return new java.io.StringReader("");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static final String BUTTON =
      "display:inline-block;padding:12px"
          + " 20px;border-radius:6px;background:#1f5eff;color:#ffffff;text-decoration:none";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="{lang}">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
      <body style="margin:0;padding:24px;background:#f5f6f8;font:16px/1.6 -apple-system,'PingFang SC','Microsoft YaHei',sans-serif;color:#1c2230">
      <div style="max-width:560px;margin:0 auto;padding:24px 28px;background:#ffffff;border-radius:8px">
      {body}</div>
      <p style="max-width:560px;margin:16px auto 0;font-size:13px;color:#5b6475">{footer}<br>
      <a href="{unsubscribe}" style="color:#5b6475">{end}</a></p>
      <img src="{pixel}" width="1" height="1" alt="">
      </body>
      </html>
      """;
}
