package soloist.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import soloist.http.Problem;
import soloist.ingest.EventInput;
import soloist.spi.Mapping;

/**
 * How a file is read.
 *
 * @param settings of the connector, without the path of the file
 */
record Reading(JsonObject settings, Mapping mapping) {
  private static final String TRAIT = "trait:";
  private static final Set<String> WORDS =
      Set.of(
          "",
          "email",
          "userId",
          "phone",
          "order.id",
          "order.time",
          "order.total",
          "order.currency",
          "line.product",
          "line.name",
          "line.category",
          "line.quantity",
          "line.price",
          "product.id",
          "product.name",
          "product.category",
          "product.price",
          "product.currency");

  /**
   * Reads and checks both.
   *
   * @param fields how many the source has, as it was last looked at
   * @throws Problem with every fault
   */
  static Reading read(JsonObject body, int fields) {
    if (!(body.getValue("mapping") instanceof JsonObject mapping)) {
      throw Problem.invalid("/mapping", "json-object");
    }
    List<Problem.Detail> faults = new ArrayList<>();
    Mapping.Kind kind = Mapping.Kind.CUSTOMERS;
    try {
      kind =
          Mapping.Kind.valueOf(String.valueOf(mapping.getValue("kind")).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      faults.add(new Problem.Detail("/mapping/kind", "import-kind", List.of()));
    }
    List<String> targets = new ArrayList<>();
    if (mapping.getValue("targets") instanceof JsonArray array) {
      array.forEach(target -> targets.add(target instanceof String text ? text : "?"));
    }
    if (targets.size() != fields) {
      faults.add(
          new Problem.Detail(
              "/mapping/targets",
              "import-targets",
              List.of(Integer.toString(fields), Integer.toString(targets.size()))));
    }
    for (int i = 0; i < targets.size(); i++) {
      check(targets, i, faults);
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new Reading(settings(body), new Mapping(kind, targets));
  }

  private static void check(List<String> targets, int i, List<Problem.Detail> faults) {
    String target = targets.get(i);
    String pointer = "/mapping/targets/" + i;
    if (target.startsWith(TRAIT)) {
      if (!EventInput.isTrait(target.substring(TRAIT.length()))) {
        faults.add(new Problem.Detail(pointer, "trait-key", List.of()));
      }
    } else if (!WORDS.contains(target)) {
      faults.add(new Problem.Detail(pointer, "import-target", List.of(target)));
    }
    if (!target.isEmpty() && targets.indexOf(target) < i) {
      faults.add(new Problem.Detail(pointer, "import-target-twice", List.of(target)));
    }
  }

  /** The settings in a request, in one order of their keys; the file is not the caller's to say. */
  static JsonObject settings(JsonObject body) {
    if (!(body.getValue("settings", new JsonObject()) instanceof JsonObject given)) {
      throw Problem.invalid("/settings", "json-object");
    }
    if (given.containsKey("file")) {
      throw Problem.invalid("/settings/file", "import-file");
    }
    return new JsonObject(new TreeMap<>(given.copy().getMap()));
  }

  Document toDocument() {
    return new Document("settings", settings.encode())
        .append("kind", mapping.kind().name())
        .append("targets", mapping.targets());
  }

  static Reading of(Document document) {
    return new Reading(
        new JsonObject(document.getString("settings")),
        new Mapping(
            Mapping.Kind.valueOf(document.getString("kind")),
            document.getList("targets", String.class)));
  }

  Map<String, Object> shown() {
    return Map.of(
        "settings",
        settings.getMap(),
        "mapping",
        Map.of(
            "kind", mapping.kind().name().toLowerCase(Locale.ROOT), "targets", mapping.targets()));
  }
}
