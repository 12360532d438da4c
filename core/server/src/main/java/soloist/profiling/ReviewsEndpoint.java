package soloist.profiling;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import soloist.http.Caller;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Texts;
import soloist.ingest.Ingest;
import soloist.job.Jobs;
import soloist.job.JobsEndpoint;
import soloist.profile.EventTypes;
import soloist.profile.ProfileSummaries;
import soloist.profile.Roots;
import soloist.store.Store;
import soloist.store.Values;

/** Orders that a person should look at, and what is said of them. */
public final class ReviewsEndpoint {
  private static final String KIND = "review";
  private static final String HAND = "hand";

  /** How many of somebody's orders were found to be odd: segments and campaigns may ask for it. */
  private static final String TRAIT = "odd_orders";

  private final Store store;
  private final Reviews reviews;
  private final ProfileSummaries summaries;
  private final Ingest ingest;
  private final Jobs jobs;
  private final InstantSource clock;

  public ReviewsEndpoint(
      Store store, ProfileSummaries summaries, Ingest ingest, Jobs jobs, InstantSource clock) {
    this.store = store;
    this.summaries = summaries;
    this.ingest = ingest;
    this.jobs = jobs;
    this.clock = clock;
    reviews = new Reviews(store);
  }

  public void mount(Routes api) {
    api.get("/api/v1/reviews", Permission.CUSTOMERS_READ, this::list);
    api.post("/api/v1/reviews", Permission.CUSTOMERS_WRITE, this::say);
    api.post(
        "/api/v1/reviews/look",
        Permission.CUSTOMERS_WRITE,
        _ ->
            JobsEndpoint.accepted(
                jobs.start(KIND, progress -> reviews.look(clock.instant(), progress))));
  }

  private Reply list(Request request) {
    Reviews.Word word = word(request.query("word").orElse(Reviews.Word.OPEN.word()), "word");
    Page page = Page.of(reviews.of(word), request);
    Map<String, Document> people =
        Roots.findAll(
            store, page.documents().stream().map(each -> each.getString("profileId")).toList());
    List<Map<String, Object>> items = new ArrayList<>();
    for (Document each : page.documents()) {
      Document person = people.get(each.getString("profileId"));
      if (person != null) {
        Map<String, Object> item = told(each);
        item.put("person", summaries.of(List.of(person)).getFirst());
        items.add(item);
      }
    }
    Map<String, Object> body = page.body(items);
    body.put("open", reviews.count());
    return Reply.json(body);
  }

  private Reply say(Request request) {
    JsonObject body = request.json();
    if (!(body.getValue("id") instanceof String id)) {
      throw Problem.invalid("/id", "dead-id");
    }
    Reviews.Word word = word(String.valueOf(body.getValue("word")), "/word");
    Document said = reviews.say(id, word, by(request.caller()), clock.instant());
    tell(said.getString("profileId"));
    return Reply.json(told(said));
  }

  /** This machine's commands have no name, but act for somebody. */
  private static String by(Caller caller) {
    return caller.name().isEmpty() ? caller.id() : caller.name();
  }

  private static Reviews.Word word(String said, String at) {
    return Reviews.Word.of(said).orElseThrow(() -> Problem.invalid(at, "review-word"));
  }

  /** As a row, so that the portrait shows it and segments hear of it. */
  private void tell(String person) {
    ingest
        .tell(
            HAND + ":" + UUID.randomUUID(),
            person,
            EventTypes.TRAITS,
            HAND,
            Map.of(TRAIT, BigDecimal.valueOf(reviews.odd(person))))
        .join();
  }

  private static Map<String, Object> told(Document review) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", review.getString("_id"));
    told.put("time", Values.instant(review, "time"));
    told.put("order", review.getString("orderId"));
    told.put("total", Values.plain(review.get("total")));
    told.put("currency", review.getString("currency"));
    told.put(
        "reasons",
        Values.documents(review, "reasons").stream()
            .map(
                each -> {
                  String code = each.getString("code");
                  List<String> values = each.getList("values", String.class);
                  return Map.of(
                      Texts.ENGLISH,
                      Texts.say(Texts.ENGLISH, code, values),
                      Texts.CHINESE,
                      Texts.say(Texts.CHINESE, code, values));
                })
            .toList());
    told.put("found", Values.instant(review, "found"));
    told.put("word", review.getString("word"));
    told.put("by", review.getString("by"));
    told.put("at", Values.instantOrNull(review, "at"));
    return told;
  }
}
