package soloist.security;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.store.Values;

/** The audit log over HTTP: to read and to check, never to change. */
final class AuditEndpoint {
  private static final int REFUSED = 400;
  private static final List<String> TOLD =
      List.of("kind", "who", "name", "what", "target", "status", "from");

  private final Audit audit;

  AuditEndpoint(Audit audit) {
    this.audit = audit;
  }

  void mount(Routes api) {
    api.get("/api/v1/audit", Permission.AUDIT_READ, this::list);
    api.get("/api/v1/audit/check", Permission.AUDIT_READ, _ -> check());
  }

  private Reply list(Request request) {
    List<Bson> filters = new ArrayList<>();
    request
        .query("q")
        .map(text -> Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE))
        .ifPresent(
            part ->
                filters.add(or(regex("name", part), regex("what", part), regex("target", part))));
    request.query("kind").ifPresent(kind -> filters.add(eq("kind", kind)));
    if (request.query("refused").filter("true"::equals).isPresent()) {
      filters.add(gte("status", REFUSED));
    }
    Page page = Page.of(audit.find(filters.isEmpty() ? new BsonDocument() : and(filters)), request);
    return Reply.json(page.body(page.documents().stream().map(AuditEndpoint::shown).toList()));
  }

  private static Map<String, @Nullable Object> shown(Document line) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("line", line.getLong("_id"));
    shown.put("at", Values.instant(line, "at"));
    TOLD.forEach(field -> shown.put(field, line.get(field)));
    shown.put("changes", Values.plain(line.get("changes")));
    return shown;
  }

  private Reply check() {
    Audit.Checked checked = audit.check();
    return Reply.json(
        Map.of(
            "lines",
            checked.lines(),
            "faults",
            checked.faults().stream()
                .map(fault -> Map.of("line", fault.line(), "what", fault.what()))
                .toList()));
  }
}
