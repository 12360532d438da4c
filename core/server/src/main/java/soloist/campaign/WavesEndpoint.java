package soloist.campaign;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.bson.Document;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.store.Values;

/** Messages for many by one cause that wait for the owner's word, and that word. */
public final class WavesEndpoint {
  private final Waves waves;
  private final BiFunction<String, String, Map<String, Object>> names;

  /**
   * @param names by language of a definition, given its kind and id
   */
  public WavesEndpoint(Waves waves, BiFunction<String, String, Map<String, Object>> names) {
    this.waves = waves;
    this.names = names;
  }

  public void mount(Routes api) {
    api.get(
        "/api/v1/waves",
        Permission.CUSTOMERS_READ,
        _ -> Reply.json(Map.of("items", waves.held().stream().map(this::told).toList())));
    api.get(
        "/api/v1/waves/:id",
        Permission.CUSTOMERS_READ,
        request -> Reply.json(told(waves.find(request.path("id")))));
    api.post(
        "/api/v1/waves/:id/release",
        Permission.MARKETING_WRITE,
        request -> say(request, Waves.Word.RELEASED));
    api.post(
        "/api/v1/waves/:id/discard",
        Permission.MARKETING_WRITE,
        request -> say(request, Waves.Word.DISCARDED));
  }

  private Reply say(Request request, Waves.Word word) {
    return Reply.json(told(waves.say(request.path("id"), word)));
  }

  private Map<String, Object> told(Document document) {
    Wave wave = Waves.wave(document);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", document.getString("_id"));
    told.put("campaign", wave.campaign());
    told.put("campaignName", names.apply("campaign", wave.campaign()));
    told.put("state", document.getString("word").toLowerCase(java.util.Locale.ROOT));
    told.put("cause", Map.of("kind", wave.kind(), "subject", wave.subject()));
    told.put("waiting", waves.waiting(document));
    told.put("limit", document.getLong("limit"));
    told.put("audience", document.getLong("audience"));
    told.put("since", Values.plain(document.get("since")));
    return told;
  }
}
