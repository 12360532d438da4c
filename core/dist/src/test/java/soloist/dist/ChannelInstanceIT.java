package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels that the owner configures deliver, come and go while the server runs. */
class ChannelInstanceIT {
  private static final String NOTIFY =
      """
      {"campaigns": [{
        "id": "notify", "version": 1, "name": {"en": "Tell the warehouse"}, "purpose": "marketing",
        "trigger": {"eventHappened": "order"}, "audience": {"all": []},
        "freshness": "PT24H", "reEntry": {"after": "PT1S"},
        "steps": [{"send": "tell", "channel": "hook", "template": "thanks"}]
      }]}
      """;

  @TempDir Path folder;
  private Line line;
  private Owner owner;
  private Hook hook;

  @BeforeEach
  void open() {
    hook = new Hook();
    line = Line.open(folder);
    owner = new Owner(line);
    line.soloist().publish(new JsonObject(NOTIFY));
  }

  @AfterEach
  void close() {
    line.close();
    hook.close();
  }

  @Test
  void anOrderReachesAWebhookAndWhatItCannotTakeNowWaitsWithAReason() {
    Customer fay = line.customer("fay");
    fay.agrees("consent");
    JsonObject back = fay.order("back", "-5.00");
    back.getJsonObject("properties").put("returned", true);
    line.tell(back);
    orders("ada");
    awaitReason("ada", "channel-missing");
    hook.answers(503);
    owner.configure("hook", "channel-webhook", hook.settings());
    Line.until("a first try", () -> hook.came().size() == 1);
    awaitReason("ada", "answered 503");
    hook.answers(204);
    line.advance(Duration.ofSeconds(2));

    JsonObject sent = line.customer("ada").awaitMessage("tell", "sent");

    assertEquals("hook", sent.getString("channel"));
    assertEquals(List.of("address true", "consent true", "suppression true"), Customer.gates(sent));
    List<Hook.Came> came = hook.came();
    assertEquals(2, came.size());
    assertTrue(came.stream().allMatch(Hook.Came::genuine), "a signature is wrong");
    assertEquals(came.get(0).message().getString("id"), came.get(1).message().getString("id"));
    assertEquals("ada@example.com", came.get(1).message().getString("recipient"));
    assertTrue(came.get(1).message().getString("text").contains("order"), came.toString());
    assertEquals("sent", line.customer("ada").awaitMessage("thanks", "sent").getString("state"));

    ask("/instances/hook/disable", new JsonObject());
    orders("bea");
    awaitReason("bea", "channel-off");
    assertEquals(2, hook.came().size());
    ask("/instances/hook/enable", new JsonObject());
    line.customer("bea").awaitMessage("tell", "sent");

    try (Hook other = new Hook()) {
      ask(
          "/instances/hook",
          new JsonObject()
              .put("name", "hook")
              .put("settings", other.settings().put("recipient", "person")));
      walksIn("u-7");
      Line.until("the other server", () -> other.recipients().size() == 1);
      assertEquals(
          line.items("/api/v1/profiles?q=u-7").getFirst().getString("id"),
          other.recipients().getFirst(),
          "everybody has an id");
      ask("/plugins/channel-webhook/disable", new JsonObject().put("force", true));
      orders("cea");
      awaitReason("cea", "channel-plugin-off");
      ask("/plugins/channel-webhook/enable", new JsonObject());
      line.customer("cea").awaitMessage("tell", "sent");
      assertEquals(line.customer("cea").id(), other.recipients().getLast());
      assertEquals(List.of("ada@example.com", "bea@example.com"), hook.recipients());

      other.answers(410);
      orders("dan");
      line.customer("dan").awaitMessage("tell", "refused");
      line.customer("dan").awaitMessage("thanks", "sent");
      other.answers(204);
      line.advance(Duration.ofMinutes(1));
      line.customer("dan").orders("again");
      JsonObject suppressed = line.customer("dan").awaitMessage("tell", "held");
      assertEquals("suppressed", suppressed.getString("reason"));

      ask("/instances/hook/remove", new JsonObject());
      orders("eve");
      awaitReason("eve", "channel-missing");
    }
    assertEquals(1, fay.trait("returns").getInteger("value"));
    assertEquals(List.of(), fay.decisions(), "who takes back has not ordered");
  }

  @Test
  void whatIsUnderWayWhenAChannelIsSwitchedOffEndsAndTheRestWaits() {
    owner.configure("hook", "channel-webhook", hook.settings().put("connections", 2));
    List<String> names = IntStream.range(0, 12).mapToObj(i -> "p" + i).toList();
    hook.shuts();
    names.forEach(this::orders);
    Line.until("two under way", () -> hook.arrived() == 2);

    ask("/instances/hook/disable", new JsonObject());
    hook.opens();

    Line.until(
        "two to have ended and ten to wait",
        () -> states(names).equals(Map.of("sent null", 2L, "queued channel-off", 10L)));
    assertEquals(2, hook.arrived());
    ask("/instances/hook/enable", new JsonObject());
    Line.until("all", () -> states(names).equals(Map.of("sent null", 12L)));
    assertEquals(12, hook.arrived(), "somebody was told twice");
    assertEquals(12, Set.copyOf(hook.recipients()).size());
  }

  @Test
  void nothingLeavesForAMailServerElsewhereBeforeLinksLeadBack() {
    JsonObject elsewhere =
        new JsonObject().put("host", "smtp.tea.example").put("from", "shop@example.com");

    owner.configure("hook", "channel-email", elsewhere);
    orders("ada");

    awaitReason("ada", "public-url-unproven");
    Line.until("the reason", () -> links().getJsonObject("why") != null);
    assertEquals("unproven", links().getString("state"));
    String why = links().getJsonObject("why").getString("en");
    assertTrue(why.contains("--public-url"), why);
    line.customer("ada").awaitMessage("thanks", "sent");
  }

  private JsonObject links() {
    return line.json("/api/v1/status").getJsonObject("publicUrl");
  }

  private Map<String, Long> states(List<String> names) {
    return names.stream()
        .map(name -> line.customer(name).messageOf("tell"))
        .flatMap(Optional::stream)
        .collect(
            Collectors.groupingBy(
                it -> it.getString("state") + " " + it.getString("reason"), Collectors.counting()));
  }

  private void orders(String name) {
    line.customer(name).agrees("consent");
    line.customer(name).orders("order");
  }

  /** Somebody without an e-mail address agrees and orders. */
  private void walksIn(String userId) {
    JsonObject who = new JsonObject().put("userId", userId);
    JsonObject agreed =
        line.customer("x").consent("walk-in", true, line.clock.instant()).put("identifiers", who);
    line.tell(agreed);
    line.tell(line.customer("x").order("walk-in-order", "5.00").put("identifiers", who));
  }

  private void awaitReason(String name, String reason) {
    Line.until(
        name + "'s message to wait: " + reason,
        () ->
            line.customer(name)
                .messageOf("tell")
                .filter(
                    it ->
                        it.getString("state").equals("queued")
                            && reason.equals(it.getString("reason")))
                .isPresent());
  }

  private void ask(String path, JsonObject body) {
    HttpResponse<String> response = owner.ask(path, body);
    assertEquals(2, response.statusCode() / 100, path + ": " + response.body());
  }
}
