package soloist;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import soloist.profile.Journey;
import soloist.rules.campaign.CampaignDocuments;
import soloist.store.Definitions;

/** What segments, campaigns and their steps are called, in both languages. */
final class Names {
  private final Definitions definitions;
  private final Map<String, Map<String, Object>> known = new ConcurrentHashMap<>();

  Names(Definitions definitions) {
    this.definitions = definitions;
  }

  /** The name of a definition by kind and id, which is its name when it has no other. */
  @SuppressWarnings("unchecked")
  Map<String, Object> find(String kind, String id) {
    return known.computeIfAbsent(
        kind + ":" + id,
        _ ->
            definitions.newest(kind).stream()
                .filter(body -> id.equals(body.get("id")))
                .findFirst()
                .map(body -> (Map<String, Object>) body.get("name"))
                .orElse(Map.of("en", id, "zh-CN", id)));
  }

  /** The id of the step that a journey stands at. */
  String step(Journey journey) {
    Map<String, Object> body =
        definitions.body(Definitions.CAMPAIGN, journey.campaign(), journey.version());
    return CampaignDocuments.read(body).steps().get(journey.step()).id();
  }
}
