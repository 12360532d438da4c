package soloist.profile;

import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.rules.expression.ExpressionReader;
import soloist.rules.expression.Expressions;
import soloist.rules.expression.InvalidExpression;
import soloist.rules.expression.Unit;
import soloist.store.Definitions;
import soloist.store.Store;

/** Fields of the owner's own over HTTP: what there is, what a formula would give, make, remove. */
public final class OwnFieldsEndpoint {
  private static final String ALL = "/api/v1/fields";
  private static final int MOST = 50;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_ID = 40;
  private static final int ASKED = 500;
  private static final int EXAMPLES = 5;

  private final Store store;
  private final Definitions definitions;
  private final InstantSource clock;

  public OwnFieldsEndpoint(Store store, Definitions definitions, InstantSource clock) {
    this.store = store;
    this.definitions = definitions;
    this.clock = clock;
  }

  public void mount(Routes api) {
    api.get(ALL, Permission.CUSTOMERS_READ, _ -> list());
    api.post(ALL, Permission.MARKETING_WRITE, this::make);
    api.post(ALL + "/preview", Permission.CUSTOMERS_READ, this::preview);
    api.post(ALL + "/:key/remove", Permission.MARKETING_WRITE, this::remove);
  }

  private Reply list() {
    return Reply.json(
        Map.of("items", OwnFields.of(store).all().stream().map(OwnFieldsEndpoint::shown).toList()));
  }

  private synchronized Reply make(Request request) {
    Map<String, Object> body = Json.plain(request.json());
    Map<String, String> name = name(body);
    String formula = formula(body);
    read(formula);
    OwnFields known = OwnFields.of(store);
    if (known.offered().size() >= MOST) {
      throw Problem.invalid("", "fields-most", Integer.toString(MOST));
    }
    if (known.offered().stream().anyMatch(field -> isCalled(field, name))) {
      throw Problem.invalid("/name", "field-name-taken");
    }
    String key = key(name.getOrDefault("en", ""), known);
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("key", key);
    kept.put("name", name);
    kept.put("formula", formula);
    kept.put("at", clock.instant());
    definitions.save(Definitions.FIELD, key, 1, kept);
    return Reply.json(201, Json.object(shown(OwnFields.of(store).find(key).orElseThrow())));
  }

  /** Takes it off what is offered; who asks for it is answered as before. */
  private synchronized Reply remove(Request request) {
    OwnField field =
        OwnFields.of(store)
            .find(request.path("key"))
            .filter(it -> !it.isRemoved())
            .orElseThrow(Problem::notFound);
    Map<String, Object> kept =
        new LinkedHashMap<>(definitions.body(Definitions.FIELD, field.key(), 1));
    kept.put("removed", true);
    definitions.save(Definitions.FIELD, field.key(), 2, kept);
    return Reply.json(Map.of("id", field.key(), "removed", true));
  }

  /** What a formula would give, for some people at random. */
  private Reply preview(Request request) {
    String formula = formula(Json.plain(request.json()));
    ExpressionReader.Read read = read(formula);
    List<String> keys = List.copyOf(Expressions.keys(read.expression()));
    List<String> fields = new ArrayList<>(List.of("lastSeen"));
    fields.addAll(StoredFacts.fields(keys, OwnFields.NONE));
    Instant now = clock.instant();
    int seen = 0;
    int known = 0;
    List<Map<String, Object>> examples = new ArrayList<>();
    for (Document person :
        store
            .profiles()
            .find()
            .sort(ascending(Findable.DRAW))
            .projection(include(fields))
            .limit(ASKED)
            .batchSize(ASKED)) {
      if (person.get("lastSeen") != null) {
        StoredFacts facts = new StoredFacts(person, now, OwnFields.NONE);
        Optional<BigDecimal> value = Expressions.value(read.expression(), facts::value, now);
        seen++;
        known += value.isPresent() ? 1 : 0;
        if (value.isPresent() && examples.size() < EXAMPLES) {
          examples.add(Map.of("value", value.get(), "saw", saw(keys, facts)));
        }
      }
    }
    Map<String, Object> told = unit(read.unit());
    told.put("seen", seen);
    told.put("known", known);
    told.put("examples", examples);
    return Reply.json(told);
  }

  private static List<Map<String, Object>> saw(List<String> keys, StoredFacts facts) {
    List<Map<String, Object>> saw = new ArrayList<>();
    keys.forEach(key -> facts.value(key).ifPresent(it -> saw.add(Map.of("key", key, "value", it))));
    return saw;
  }

  private static Map<String, Object> shown(OwnField field) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("key", field.key());
    told.put("name", field.name());
    told.put("formula", field.formula());
    told.putAll(unit(field.unit()));
    told.put("removed", field.isRemoved());
    told.put("at", field.at());
    return told;
  }

  private static Map<String, Object> unit(Unit unit) {
    Map<String, Object> told = new LinkedHashMap<>();
    boolean isPlain = unit.equals(Unit.ANY);
    told.put("unit", isPlain ? "number" : unit.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    told.put("currency", unit instanceof Unit.Money(String currency) ? currency : null);
    return told;
  }

  private static ExpressionReader.Read read(String formula) {
    try {
      return OwnField.read(formula);
    } catch (InvalidExpression e) {
      List<String> values = new ArrayList<>(List.of(Integer.toString(e.position() + 1)));
      values.addAll(e.values());
      throw Problem.invalid(
          List.of(new Problem.Detail("/formula/" + e.position(), e.code(), values)));
    }
  }

  private static String formula(Map<String, Object> body) {
    if (body.get("formula") instanceof String formula && !formula.isBlank()) {
      return formula;
    }
    throw Problem.invalid("/formula", "formula-missing");
  }

  private static boolean isCalled(OwnField field, Map<String, String> name) {
    return name.entrySet().stream()
        .anyMatch(it -> it.getValue().equalsIgnoreCase(field.name().get(it.getKey())));
  }

  /** Of the English name where there is one, and one that was never used. */
  private static String key(String name, OwnFields known) {
    String words =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String first =
        OwnField.PREFIX
            + (words.isEmpty()
                ? "field"
                : words.substring(0, Math.min(LONGEST_ID, words.length())));
    String key = first;
    for (int number = 2; known.find(key).isPresent(); number++) {
      key = first + "-" + number;
    }
    return key;
  }

  private static Map<String, String> name(Map<String, Object> body) {
    return Json.name(body, LONGEST_NAME)
        .orElseThrow(() -> Problem.invalid("/name", "field-name", Integer.toString(LONGEST_NAME)));
  }
}
