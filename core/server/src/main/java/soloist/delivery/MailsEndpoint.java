package soloist.delivery;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** The mails that the catcher holds. */
public final class MailsEndpoint {
  private static final Pattern LINK = Pattern.compile("href=\"(https?://[^\"]+)\"");
  private static final String FRAME_POLICY =
      "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline';"
          + " frame-ancestors 'self'";

  private final CaughtMails mails;

  public MailsEndpoint(CaughtMails mails) {
    this.mails = mails;
  }

  public void mount(Routes api) {
    api.get("/api/v1/mails", Permission.CUSTOMERS_READ, this::list);
    api.get("/api/v1/mails/:id", Permission.CUSTOMERS_READ, this::one);
    api.get("/api/v1/mails/:id/raw", Permission.CUSTOMERS_READ, this::raw);
    api.get("/api/v1/mails/:id/html", Permission.CUSTOMERS_READ, this::html);
  }

  private Reply list(Request request) {
    List<String> ids = mails.ids();
    int from = Math.min(request.offset(), ids.size());
    int to = Math.min(from + request.limit(), ids.size());
    List<Map<String, Object>> items = new ArrayList<>();
    ids.subList(from, to).forEach(id -> mails.find(id).ifPresent(mail -> items.add(summary(mail))));
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", items);
    page.put("nextCursor", to < ids.size() ? Integer.toString(to) : null);
    return Reply.json(page);
  }

  private Reply one(Request request) {
    CaughtMails.Mail mail = find(request);
    Map<String, Object> whole = summary(mail);
    whole.put("headers", mail.headers());
    whole.put("text", mail.text());
    whole.put("html", mail.html());
    whole.put("links", links(mail.html()));
    return Reply.json(whole);
  }

  private Reply raw(Request request) {
    byte[] bytes = mails.raw(request.path("id")).orElseThrow(Problem::notFound);
    return new Reply(
        200,
        Map.of(
            "Content-Type",
            "message/rfc822",
            "Content-Disposition",
            "attachment; filename=\"mail.eml\""),
        Buffer.buffer(bytes));
  }

  /**
   * For a sandboxed frame: no script runs and nothing is fetched, so that looking at a mail is not
   * taken for its reader opening it.
   */
  private Reply html(Request request) {
    return Reply.html(200, find(request).html()).with("Content-Security-Policy", FRAME_POLICY);
  }

  private CaughtMails.Mail find(Request request) {
    return mails.find(request.path("id")).orElseThrow(Problem::notFound);
  }

  private static Map<String, Object> summary(CaughtMails.Mail mail) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("id", mail.id());
    summary.put("to", mail.to());
    summary.put("from", mail.from());
    summary.put("subject", mail.subject());
    summary.put("receivedAt", mail.receivedAt());
    summary.put("messageId", mail.messageId());
    return summary;
  }

  private static List<String> links(String html) {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(html);
    while (matcher.find()) {
      links.add(matcher.group(1));
    }
    return links;
  }
}
