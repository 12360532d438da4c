package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;

/** A campaign that a test makes as an owner would, over HTTP. */
record OwnCampaign(Line line, String id) {

  static OwnCampaign of(Line line, String recipe, JsonObject answers) {
    return made(line, new JsonObject().put("recipe", recipe).put("answers", answers));
  }

  static OwnCampaign broadcast(Line line, String segment) {
    return made(
        line,
        new JsonObject()
            .put("broadcast", new JsonObject().put("segment", segment))
            .put("name", name("News")));
  }

  private static OwnCampaign made(Line line, JsonObject body) {
    HttpResponse<String> made = line.ask("/api/v1/campaigns", body);
    assertEquals(201, made.statusCode(), made.body());
    return new OwnCampaign(line, new JsonObject(made.body()).getString("id"));
  }

  static JsonObject name(String name) {
    return new JsonObject().put("en", name).put("zh-CN", name);
  }

  /** The words of a mail in English alone. */
  static JsonObject words(String subject) {
    return new JsonObject()
        .put(
            "en",
            new JsonObject()
                .put("subject", subject)
                .put(
                    "blocks",
                    new JsonArray()
                        .add(new JsonObject().put("paragraph", "Dear {{first_name}}, " + subject))
                        .add(
                            new JsonObject()
                                .put("button", "Look")
                                .put("url", "https://www.example.com/look"))));
  }

  String path() {
    return "/api/v1/campaigns/" + id;
  }

  JsonObject told() {
    return line.json(path());
  }

  String state() {
    return told().getString("state");
  }

  String tag() {
    return line.get(path()).headers().firstValue("ETag").orElseThrow();
  }

  /** Each mail in turn gets a subject, all else stays. */
  void write(String... subjects) {
    JsonObject mails = new JsonObject();
    for (int i = 0; i < subjects.length; i++) {
      mails.put("mail-" + (i + 1), words(subjects[i]));
    }
    JsonObject told = told();
    HttpResponse<String> answer =
        line.put(
            path(),
            new JsonObject()
                .put("name", told.getJsonObject("name"))
                .put("answers", told.getJsonObject("answers"))
                .put("mails", mails),
            "If-Match",
            tag());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  JsonObject act(String what) {
    return act(what, new JsonObject());
  }

  JsonObject act(String what, JsonObject body) {
    HttpResponse<String> answer = line.ask(path() + "/" + what, body);
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  /** What the rehearsal's job came to. */
  JsonObject rehearse() {
    String job = "/api/v1/jobs/" + line.order(path() + "/rehearse").getString("id");
    Line.until("the rehearsal", () -> !line.json(job).getString("state").equals("running"));
    assertEquals("done", line.json(job).getString("state"), line.json(job).encode());
    return line.json(job).getJsonObject("result");
  }

  /** Every way through all people has come to its end. */
  void awaitWalks() {
    Line.until(
        "the walks of " + id,
        () ->
            Line.objects(told().getJsonArray("walks")).stream()
                .allMatch(walk -> walk.getBoolean("ended")));
  }

  JsonObject results(int version) {
    return Line.objects(line.json(path() + "/results").getJsonArray("versions")).stream()
        .filter(each -> each.getInteger("version") == version)
        .findFirst()
        .orElseThrow();
  }

  List<JsonObject> people(String query) {
    return line.items(path() + "/people?limit=200&of=" + query);
  }

  /** Subjects of the mails that a person got from this campaign. */
  List<String> subjects(Customer customer) {
    return customer.decisions("send").stream()
        .filter(decision -> decision.getString("campaign").equals(id))
        .map(decision -> decision.getJsonObject("message"))
        .filter(message -> message != null && "sent".equals(message.getString("state")))
        .map(message -> message.getString("subject"))
        .toList();
  }
}
