package soloist.content;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import soloist.store.Definitions;

/** Published template versions; one never changes, so each is read once. */
public final class Templates {
  private final Definitions definitions;
  private final Map<String, Template> known = new ConcurrentHashMap<>();

  public Templates(Definitions definitions) {
    this.definitions = definitions;
  }

  public Template find(String id, int version) {
    return known.computeIfAbsent(
        id + "@" + version,
        _ -> Template.read(definitions.body(Definitions.TEMPLATE, id, version)));
  }
}
