package soloist.tracking;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.identity.Identifiers;

/**
 * What a page tells of its visitor, checked. Anybody can send one, so it can name nobody but a
 * random visitor id and say nothing but what these four types have room for.
 *
 * @param visitor empty when the visitor is not to be known
 */
record Visit(String id, Optional<String> visitor, String type, Map<String, Object> properties) {

  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_URL = 2_000;
  private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern CAMPAIGN_TAG = Pattern.compile("utm_[a-z]{1,20}=.*");

  private static final Map<String, Set<String>> PROPERTIES =
      Map.of(
          "page_view", Set.of("url", "title", "referrer"),
          "product_view",
              Set.of("url", "product", "name", "category", "brand", "price", "currency"),
          "add_to_cart",
              Set.of(
                  "url", "product", "name", "category", "brand", "price", "currency", "quantity"),
          "search", Set.of("url", "query"));
  private static final Set<String> NUMBERS = Set.of("price", "quantity");
  private static final Set<String> FIELDS = Set.of("id", "visitor", "type", "properties");

  /**
   * @param origin of the page that sends it
   * @throws Problem 400 that names every fault with its place
   */
  static Visit read(JsonObject body, String origin) {
    List<Problem.Detail> faults = new ArrayList<>();
    unknown(body, FIELDS, "", faults);
    String id = random(body, "id", faults).orElse("");
    Optional<String> visitor =
        body.getValue("visitor") == null ? Optional.empty() : random(body, "visitor", faults);
    String type = String.valueOf(body.getValue("type"));
    Set<String> known = PROPERTIES.get(type);
    if (known == null) {
      fault(faults, "/type", "visit-type", names(PROPERTIES.keySet()));
    }
    Map<String, Object> properties = Map.of();
    if (!(body.getValue("properties") instanceof JsonObject written)) {
      fault(faults, "/properties", "properties-object");
    } else if (known != null) {
      unknown(written, known, "/properties", faults);
      properties = properties(written, origin, faults);
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new Visit(id, visitor, type, properties);
  }

  /** The same as an event of a person who is known by the visitor id alone. */
  JsonObject event(String visitorId) {
    return new JsonObject()
        .put("type", type)
        .put("identifiers", new JsonObject().put(Identifiers.VISITOR_ID, visitorId))
        .put("properties", new JsonObject(properties));
  }

  private static Map<String, Object> properties(
      JsonObject written, String origin, List<Problem.Detail> faults) {
    Map<String, Object> properties = new java.util.LinkedHashMap<>();
    for (String key : written.fieldNames()) {
      Object value = written.getValue(key);
      String pointer = "/properties/" + key;
      if (value == null || "".equals(value)) {
        continue;
      }
      switch (key) {
        case "url" ->
            page(value)
                .filter(url -> Sites.origin(url).filter(origin::equals).isPresent())
                .ifPresentOrElse(
                    url -> properties.put(key, url),
                    () -> fault(faults, pointer, "visit-url", origin));
        case "referrer" ->
            // Where somebody came from is a site; which page of it is their own business.
            Optional.of(value)
                .flatMap(it -> Sites.origin(String.valueOf(it)))
                .ifPresent(site -> properties.put(key, site));
        default -> {
          if (NUMBERS.contains(key) ? value instanceof Number : value instanceof String) {
            properties.put(key, value instanceof String text ? cut(text) : value);
          } else {
            fault(faults, pointer, NUMBERS.contains(key) ? "visit-number" : "visit-text");
          }
        }
      }
    }
    return properties;
  }

  /**
   * The address of a page without what sites put behind it, which may name people; tags of
   * campaigns stay.
   */
  private static Optional<String> page(Object written) {
    if (!(written instanceof String text) || text.length() > LONGEST_URL) {
      return Optional.empty();
    }
    String address = text.split("#", 2)[0];
    String[] parts = address.split("\\?", 2);
    try {
      URI.create(parts[0]);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    String tags =
        parts.length == 1
            ? ""
            : Arrays.stream(parts[1].split("&"))
                .filter(part -> CAMPAIGN_TAG.matcher(part).matches())
                .collect(Collectors.joining("&"));
    return Optional.of(parts[0] + (tags.isEmpty() ? "" : "?" + tags));
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
  }

  private static Optional<String> random(
      JsonObject body, String field, List<Problem.Detail> faults) {
    if (body.getValue(field) instanceof String text && RANDOM.matcher(text).matches()) {
      return Optional.of(text);
    }
    fault(faults, "/" + field, "visit-random");
    return Optional.empty();
  }

  private static void unknown(
      JsonObject object, Set<String> known, String pointer, List<Problem.Detail> faults) {
    object.fieldNames().stream()
        .filter(field -> !known.contains(field))
        .limit(10)
        .forEach(field -> fault(faults, pointer + "/" + field, "unknown-field", names(known)));
  }

  private static String names(Set<String> known) {
    return String.join(", ", new TreeSet<>(known));
  }

  private static void fault(
      List<Problem.Detail> faults, String pointer, String code, @Nullable String... values) {
    faults.add(new Problem.Detail(pointer, code, List.of(values)));
  }
}
