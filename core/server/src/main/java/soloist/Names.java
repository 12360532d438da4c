package soloist;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import soloist.profile.Journey;
import soloist.rules.campaign.CampaignDocuments;
import soloist.store.Definitions;

/** What segments, campaigns and their steps are called, in both languages. */
final class Names {
  private final Definitions definitions;
  private volatile Map<String, Map<String, Object>> known = Map.of();

  Names(Definitions definitions) {
    this.definitions = definitions;
  }

  /** The name of a definition by kind and id, which is its name when it has no other. */
  Map<String, Object> find(String kind, String id) {
    Map<String, Object> name = known.get(kind + ":" + id);
    if (name == null) {
      forget();
      name = known.get(kind + ":" + id);
    }
    return name == null ? Map.of("en", id, "zh-CN", id) : name;
  }

  /** Names may have changed. */
  @SuppressWarnings("unchecked")
  void forget() {
    Map<String, Map<String, Object>> fresh = new HashMap<>();
    for (String kind : List.of(Definitions.SEGMENT, Definitions.CAMPAIGN, Definitions.TEMPLATE)) {
      for (Map<String, Object> body : definitions.newest(kind)) {
        if (body.get("name") instanceof Map<?, ?> name) {
          fresh.put(kind + ":" + body.get("id"), (Map<String, Object>) name);
        }
      }
    }
    known = fresh;
  }

  /** The id of the step that a journey stands at. */
  String step(Journey journey) {
    Map<String, Object> body =
        definitions.body(Definitions.CAMPAIGN, journey.campaign(), journey.version());
    return CampaignDocuments.read(body).steps().get(journey.step()).id();
  }
}
