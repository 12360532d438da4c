package soloist.tracking;

import java.util.function.Supplier;
import soloist.http.Texts;

/** The page behind an unsubscribe link, without script or style from elsewhere. */
public final class UnsubscribePage {
  static final String STYLE =
      """
      body { margin: 0; background: #f5f6f8; color: #1c2230; font: 16px/1.6 system-ui, sans-serif }
      main { max-width: 32rem; margin: 12vh auto 0; padding: 2rem; background: #fff; border-radius: 8px }
      h1 { font-size: 1.4rem; margin: 0 0 .5rem }
      button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: 6px; background: #1f5eff; color: #fff }
      @media (prefers-color-scheme: dark) {
        body { background: #14171d; color: #e6e9ef }
        main { background: #1d2129 }
      }
      """;

  private final Supplier<String> sender;
  private final Supplier<String> senderEmail;

  /**
   * @param senderEmail where a person may ask when the button does not work
   */
  public UnsubscribePage(Supplier<String> sender, Supplier<String> senderEmail) {
    this.sender = sender;
    this.senderEmail = senderEmail;
  }

  String ask(String language) {
    return page(language, "unsubscribe.ask", button(language));
  }

  /** It is not known whether it was stored. */
  String open(String language) {
    return page(language, "unsubscribe.open", button(language));
  }

  private static String button(String language) {
    return "<form method=\"post\"><button type=\"submit\">"
        + Texts.say(language, "unsubscribe.button")
        + "</button></form>";
  }

  String done(String language) {
    return page(language, "unsubscribe.done", "");
  }

  private String page(String language, String key, String more) {
    return """
    <!doctype html>
    <html lang="%s">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>%s</title><link rel="stylesheet" href="/u/page.css"></head>
    <body><main><h1>%s</h1><p>%s</p>%s</main></body>
    </html>
    """
        .formatted(
            language,
            Texts.say(language, "unsubscribe.title"),
            Texts.say(language, "unsubscribe.title"),
            Texts.say(language, key, text(sender.get()), text(senderEmail.get())),
            more);
  }

  private static String text(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;");
  }
}
