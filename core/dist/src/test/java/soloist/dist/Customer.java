package soloist.dist;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import soloist.testkit.Delivered;

/** One person and what a shop tells about them; everything is asked for anew over HTTP. */
record Customer(Line line, String name) {

  String email() {
    return name + "@example.com";
  }

  String userId() {
    return "user-" + name;
  }

  JsonObject event(String id, String type, JsonObject properties) {
    return new JsonObject()
        .put("id", name + "-" + id)
        .put("type", type)
        .put("time", line.clock.instant().toString())
        .put("identifiers", new JsonObject().put("email", email()).put("userId", userId()))
        .put("properties", properties);
  }

  JsonObject order(String id, String total) {
    return event(
        id,
        "order",
        new JsonObject().put("orderId", id).put("total", total).put("currency", "EUR"));
  }

  JsonObject consent(String id, boolean granted, Instant time) {
    return event(
            id,
            "consent",
            new JsonObject()
                .put("purpose", "marketing")
                .put("granted", granted)
                .put("source", "checkout"))
        .put("time", time.toString());
  }

  void orders(String id) {
    line.tell(order(id, "10.00"));
  }

  void agrees(String id) {
    line.tell(consent(id, true, line.clock.instant()));
  }

  /** Agrees, orders, and has the mail. */
  Delivered isThanked() {
    agrees("consent");
    orders("order");
    Line.until("a mail to " + email(), () -> !mails().isEmpty());
    Line.until("its note", () -> messageOf("thanks").map(it -> is(it, "sent")).orElse(false));
    return mails().getFirst();
  }

  List<Delivered> mails() {
    return line.ledger().to(email());
  }

  Optional<JsonObject> found() {
    return line.items("/api/v1/profiles?q=" + email()).stream().findFirst();
  }

  String id() {
    return found().orElseThrow().getString("id");
  }

  JsonObject portrait() {
    return line.json("/api/v1/profiles/" + id());
  }

  List<String> segments() {
    return Line.objects(portrait().getJsonArray("segments")).stream()
        .map(segment -> segment.getString("id"))
        .toList();
  }

  JsonObject trait(String key) {
    return Line.objects(portrait().getJsonArray("traits")).stream()
        .filter(trait -> trait.getString("key").equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no trait " + key));
  }

  List<JsonObject> timeline() {
    return line.items("/api/v1/profiles/" + id() + "/timeline?limit=200");
  }

  long happened(String type) {
    return found().isEmpty()
        ? 0
        : timeline().stream().filter(event -> event.getString("type").equals(type)).count();
  }

  /** Newest first. */
  List<JsonObject> decisions() {
    return found().isEmpty() ? List.of() : line.items("/api/v1/profiles/" + id() + "/decisions");
  }

  List<JsonObject> decisions(String kind) {
    return decisions().stream().filter(it -> it.getString("kind").equals(kind)).toList();
  }

  /** The newest message of a step. */
  Optional<JsonObject> messageOf(String step) {
    return decisions("send").stream()
        .filter(decision -> step.equals(decision.getString("step")))
        .map(decision -> decision.getJsonObject("message"))
        .findFirst();
  }

  JsonObject awaitMessage(String step, String state) {
    Line.until(
        "message " + step + " of " + name + " to be " + state,
        () -> messageOf(step).map(message -> is(message, state)).orElse(false));
    return messageOf(step).orElseThrow();
  }

  private static boolean is(JsonObject message, String state) {
    return state.equals(message.getString("state"));
  }

  /** What each gate said, in the order asked. */
  static List<String> gates(JsonObject message) {
    return Line.objects(message.getJsonArray("gates")).stream()
        .map(gate -> gate.getString("gate") + " " + gate.getBoolean("passed"))
        .toList();
  }
}
