package soloist.campaign;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import soloist.http.Json;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Versions;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.condition.SegmentDocuments;

/** What an owner makes of recipes and broadcasts, and what they then do. */
public final class CampaignsEndpoint {
  private static final int USUAL_WINDOW = 10;
  private static final int LONGEST_WINDOW = 24 * 60;
  private static final int LONGEST_NAME = 100;

  private final Campaigns campaigns;

  public CampaignsEndpoint(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  public void mount(Routes api) {
    api.get(
        "/api/v1/recipes",
        Permission.CUSTOMERS_READ,
        _ -> Reply.json(Map.of("items", Recipe.shipped().stream().map(Recipe::toJson).toList())));
    api.get(
        "/api/v1/audiences",
        Permission.CUSTOMERS_READ,
        _ -> Reply.json(Map.of("items", campaigns.audiences())));
    api.get("/api/v1/campaigns", Permission.CUSTOMERS_READ, this::list);
    api.post("/api/v1/campaigns", Permission.MARKETING_WRITE, this::create);
    api.get(
        "/api/v1/campaigns/:id",
        Permission.CUSTOMERS_READ,
        request -> told(campaigns.find(request.path("id"))));
    api.put("/api/v1/campaigns/:id", Permission.MARKETING_WRITE, this::change);
    act(api, "activate", request -> campaigns.activate(request.path("id"), confirmed(request)));
    act(api, "pause", request -> campaigns.pause(request.path("id")));
    act(api, "resume", request -> campaigns.resume(request.path("id")));
    act(api, "end", request -> campaigns.end(request.path("id")));
    act(api, "release", this::release);
    act(api, "cancel", request -> campaigns.cancel(request.path("id")));
  }

  private void act(Routes api, String what, Function<Request, Plan> act) {
    api.post(
        "/api/v1/campaigns/:id/" + what,
        Permission.MARKETING_WRITE,
        request -> Reply.json(summary(act.apply(request))));
  }

  private Reply list(Request request) {
    Page page = Page.of(campaigns.plans().all(), request);
    return Reply.json(
        page.body(page.documents().stream().map(Plan::of).map(this::summary).toList()));
  }

  private Reply create(Request request) {
    JsonObject body = request.json();
    only(body, "recipe", "answers", "broadcast", "name");
    Plan plan;
    if (body.getValue("broadcast") instanceof JsonObject broadcast) {
      plan = campaigns.createBroadcast(text(broadcast, "segment"), name(body));
    } else {
      plan = campaigns.create(text(body, "recipe"), object(body, "answers"));
    }
    return told(plan, 201).with("Location", "/api/v1/campaigns/" + plan.id());
  }

  private Reply change(Request request) {
    JsonObject body = request.json();
    only(body, "name", "answers", "mails");
    return told(
        campaigns.change(
            request.path("id"),
            Versions.expected(request),
            name(body),
            object(body, "answers"),
            object(body, "mails")));
  }

  /** How many people the owner has confirmed, null when those in are not meant. */
  private static @Nullable Integer confirmed(Request request) {
    JsonObject body = request.json();
    only(body, "alsoThoseIn", "confirm");
    return Boolean.TRUE.equals(body.getValue("alsoThoseIn")) ? confirm(body) : null;
  }

  private static int confirm(JsonObject body) {
    return body.getValue("confirm") instanceof Integer count ? count : -1;
  }

  private Plan release(Request request) {
    JsonObject body = request.json();
    only(body, "minutes", "confirm");
    Object minutes = body.getValue("minutes", USUAL_WINDOW);
    if (!(minutes instanceof Integer window) || window < 1 || window > LONGEST_WINDOW) {
      throw Problem.invalid("/minutes", "answer-number", "1", Integer.toString(LONGEST_WINDOW));
    }
    return campaigns.release(request.path("id"), Duration.ofMinutes(window), confirm(body));
  }

  private Reply told(Plan plan) {
    return told(plan, 200);
  }

  private Reply told(Plan plan, int status) {
    Blueprint blueprint = campaigns.blueprint(plan);
    Map<String, Object> told = summary(plan);
    told.put("answers", plan.answers());
    Map<String, Object> segment = new LinkedHashMap<>(SegmentDocuments.write(blueprint.segment()));
    segment.remove("version");
    told.put("segment", segment);
    told.put("steps", CampaignDocuments.write(blueprint.campaign()).get("steps"));
    Map<String, Map<String, Object>> names =
        Recipe.find(plan.recipe()).map(Recipe::mailNames).orElse(Map.of());
    Set<String> used = new HashSet<>(blueprint.mails());
    List<Map<String, Object>> mails = new ArrayList<>();
    plan.mails()
        .forEach(
            (id, words) -> {
              Map<String, Object> mail = new LinkedHashMap<>();
              mail.put("id", id);
              mail.put("name", names.getOrDefault(id, plan.name()));
              mail.put("used", used.contains(id));
              mail.put("languages", words);
              mails.add(mail);
            });
    told.put("mails", mails);
    return Versions.tagged(Reply.json(status, Json.object(told)), plan.rev());
  }

  private Map<String, Object> summary(Plan plan) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", plan.id());
    told.put("kind", plan.isBroadcast() ? "broadcast" : "recipe");
    told.put("recipe", plan.isBroadcast() ? null : plan.recipe());
    told.put("name", plan.name());
    told.put("state", plan.state().name().toLowerCase(Locale.ROOT));
    told.put("version", plan.version());
    told.put("createdAt", plan.createdAt());
    told.put("changedAt", plan.changedAt());
    told.put("releaseAt", plan.releaseAt());
    told.put("numbers", campaigns.plans().numbers(plan.id()));
    told.put("walks", plan.walks().values().stream().map(CampaignsEndpoint::walk).toList());
    return told;
  }

  private static Map<String, Object> walk(Walk walk) {
    return Map.of(
        "version",
        walk.version(),
        "done",
        walk.done(),
        "total",
        walk.total(),
        "ended",
        walk.ended());
  }

  private static void only(JsonObject body, String... known) {
    List<Problem.Detail> faults = new ArrayList<>();
    for (String field : body.fieldNames()) {
      if (!Set.of(known).contains(field)) {
        faults.add(
            new Problem.Detail("/" + field, "unknown-field", List.of(String.join(", ", known))));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
  }

  private static Map<String, Object> object(JsonObject body, String key) {
    Object value = body.getValue(key);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof JsonObject object) {
      return Json.plain(object);
    }
    throw Problem.invalid("/" + key, "json-object");
  }

  private static String text(JsonObject body, String key) {
    return body.getValue(key) instanceof String text ? text : "";
  }

  /** A name in one language at least. */
  private static Map<String, Object> name(JsonObject body) {
    Map<String, Object> name = new LinkedHashMap<>();
    object(body, "name")
        .forEach(
            (language, value) -> {
              boolean isGood =
                  Answer.LANGUAGES.contains(language)
                      && value instanceof String text
                      && !text.isBlank()
                      && text.length() <= LONGEST_NAME
                      && text.codePoints().noneMatch(Character::isISOControl);
              if (!isGood) {
                throw Problem.invalid("/name/" + language, "campaign-name");
              }
              name.put(language, value);
            });
    if (name.isEmpty()) {
      throw Problem.invalid("/name", "campaign-name");
    }
    return name;
  }
}
