package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.Visitor.json;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;
import soloist.testkit.SelfSigned;
import soloist.testkit.SmtpSink;

/** The owner sets up mail on the page: a relay, the address that its links lead to, and back. */
class SenderIT {
  private static final String MAIL = "/api/v1/instances/email";
  private static final String ADDRESS = "/api/v1/public-url";

  @TempDir private Path folder;
  private Line line;
  private SmtpSink relay;
  private SmtpSink elsewhere;
  private HttpsServer proxy;
  private String name;
  private String url;
  private volatile int behind;

  @BeforeEach
  void open() throws Exception {
    name = InetAddress.getLocalHost().getHostName();
    proxy = HttpsServer.create(new InetSocketAddress(0), 0);
    proxy.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context(folder, name)));
    proxy.createContext("/", exchange -> PublicUrlIT.handOn(exchange, behind));
    proxy.start();
    url = "https://" + name + ":" + proxy.getAddress().getPort();
    relay = SmtpSink.with().login("shop", "right").start(folder.resolve("sink"));
    elsewhere = SmtpSink.start(folder.resolve("elsewhere"));
    Path home = Files.createDirectory(folder.resolve("line"));
    line = Line.trusting(PublicUrlIT.pem(folder, name), home);
  }

  @AfterEach
  void close() {
    proxy.stop(0);
    line.close();
    relay.close();
    elsewhere.close();
  }

  @Test
  void fromTheCatcherToARelayAndBack() throws Exception {
    Visitor owner = Visitor.owner(line);
    thanked("ada", true);
    assertEquals("catcher server null false", sender());

    aWrongPasswordIsNamedAndItsMailGoesOutOnceItIsMended(owner);
    mailElsewhereWaitsForAnAddressThatLeadsHere(owner);

    line.restart();
    behind = line.port();
    assertEquals("proven", line.order(ADDRESS + "/check").getString("state"));
    assertEquals("smtp page 127.1 true", sender());
    assertEquals(url, address().getString("url"));
    JsonObject told = thanked("dan", false);
    assertTrue(arrived("dan").getFirst().html().contains(url + "/o/"));
    assertEquals(
        "<" + told.getString("messageId") + "@tea.example>", arrived("dan").getFirst().messageId());

    json(200, owner.post(MAIL + "/remove", new JsonObject()));
    assertEquals("catcher server null false", sender());
    thanked("eve", true);
    for (String name : List.of("bea", "cea", "dan")) {
      assertEquals(1, arrived(name).size(), name);
    }
    assertEquals(0, arrived("eve").size());
    String audit = line.get("/api/v1/audit").body();
    assertTrue(audit.contains("POST " + ADDRESS) && audit.contains(url), audit);
    assertFalse(audit.contains("right"), "the log tells the password");
    assertTrue(
        audit.contains(
            "{\"field\":\"url\",\"before\":\"https://slip.invalid\",\"after\":\"" + url + "\"}"),
        audit);
  }

  private void aWrongPasswordIsNamedAndItsMailGoesOutOnceItIsMended(Visitor owner) {
    JsonObject wrong = settings("127.0.0.1", "guess");
    JsonObject half = settings("127.0.0.1", "guess");
    half.getJsonObject("settings").remove("password");
    assertEquals("/settings/password", fault(owner.post("/api/v1/instances", half)));
    aPasswordDoesNotLeaveTheMachineInTheClear(owner);
    JsonObject made = json(201, owner.post("/api/v1/instances", wrong));
    assertFalse(made.encode().contains("guess"), made.encode());
    JsonObject refused = tries("en");
    assertEquals("password", refused.getString("setting"));
    assertTrue(refused.getString("message").contains("app password"), refused.encode());
    assertTrue(refused.getString("said").contains("535"), refused.encode());
    assertTrue(tries("zh-CN").getString("message").contains("授权码"));

    Line.until("the relay", () -> sender().equals("smtp page 127.0.0.1 false"));
    orders("bea");
    Line.until("its trouble", () -> relay().getJsonObject("trouble") != null);
    assertTrue(relay().getJsonObject("trouble").getString("zh-CN").contains("密码"));
    assertEquals(List.of(), arrived("bea"));

    json(200, owner.post(MAIL, settings("127.0.0.1", "right")));
    JsonObject sent = line.customer("bea").awaitMessage("thanks", "sent");
    assertEquals(1, arrived("bea").size());
    assertEquals(
        "<" + sent.getString("messageId") + "@tea.example>", arrived("bea").getFirst().messageId());
    assertEquals(
        "accepted", json(200, owner.post(MAIL + "/test", recipient())).getString("outcome"));
    assertEquals("smtp page 127.0.0.1 true", sender());
    assertEquals("owner@tea.example", relay().getJsonObject("tried").getString("by"));
  }

  private void aPasswordDoesNotLeaveTheMachineInTheClear(Visitor owner) {
    JsonObject clear = settings("smtp.shop.example", "guess");
    HttpResponse<String> refused = owner.post("/api/v1/instances", clear);
    assertEquals("/settings/security", fault(refused));
    assertTrue(refused.body().contains("in the clear. Choose STARTTLS or TLS"), refused.body());
    HttpResponse<String> chinese = line.ask("/api/v1/instances", clear, "Accept-Language", "zh-CN");
    assertTrue(chinese.body().contains("请选择 STARTTLS 或 TLS"), chinese.body());
  }

  private void mailElsewhereWaitsForAnAddressThatLeadsHere(Visitor owner) throws Exception {
    // The same machine under a name that is not known for it.
    JsonObject next = settings("127.1", "");
    next.getJsonObject("settings")
        .put("port", elsewhere.port())
        .putNull("password")
        .remove("username");
    json(200, owner.post(MAIL, next));
    json(200, owner.post(MAIL + "/test", recipient()));
    orders("cea");
    Line.until("its reason", () -> "public-url-unproven".equals(reason("cea")));
    Line.until("why", () -> why().contains("Settings"));
    assertEquals("smtp page 127.1 false", sender());
    for (String no :
        List.of(
            "http://shop.example",
            "https://localhost",
            "https://127.1",
            "https://[::1]:1",
            "https://a@b.example",
            "https://b.example/path",
            "b")) {
      assertEquals("/url", fault(owner.post(ADDRESS, named(no))), no);
    }
    assertEquals(421, asking(name));

    // Nothing answers behind the proxy yet, and whoever is signed in stays it.
    behind = 1;
    JsonObject found = json(200, owner.post(ADDRESS, named(url + "/")));
    assertEquals(
        "unproven page " + url,
        found.getString("state") + " " + found.getString("setBy") + " " + found.getString("url"));
    assertTrue(why().contains("502"), why());
    assertEquals(200, owner.get("/api/v1/profiles").statusCode());
    assertEquals(200, asking(name));
    assertEquals("sid", cookie(""));
    assertEquals("__Host-sid", cookie("203.0.113.9"));
    JsonObject invited =
        json(
            201,
            owner.post(
                "/api/v1/users",
                new JsonObject().put("email", "b@tea.example").put("role", "analyst")));
    assertTrue(invited.getString("link").startsWith("http://localhost:"), invited.encode());

    behind = line.port();
    assertEquals("proven", line.order(ADDRESS + "/check").getString("state"));
    line.advance(Duration.ofSeconds(6));
    line.customer("cea").awaitMessage("thanks", "sent");
    assertTrue(arrived("cea").getFirst().html().contains(url + "/o/"));
    assertEquals("smtp page 127.1 true", sender());

    // A slip of the pen shuts nobody out who came by the address that was good.
    json(200, owner.post(ADDRESS, named("https://slip.invalid")));
    assertEquals("unproven", address().getString("state"));
    assertTrue(why().contains("slip.invalid"), why());
    assertTrue(address().getBoolean("waits"));
    assertEquals(200, asking(name));
    assertEquals(421, asking("other.example"));
    assertEquals("proven", json(200, owner.post(ADDRESS, named(url))).getString("state"));
  }

  private JsonObject settings(String host, String password) {
    JsonObject settings =
        new JsonObject()
            .put("host", host)
            .put("port", relay.port())
            .put("security", "none")
            .put("username", "shop")
            .put("password", password)
            .put("from", "shop@tea.example");
    return new JsonObject()
        .put("id", "email")
        .put("plugin", "channel-email")
        .put("name", "E-mail")
        .put("settings", settings);
  }

  private static JsonObject named(String address) {
    return new JsonObject().put("url", address);
  }

  private static JsonObject recipient() {
    return new JsonObject().put("recipient", "owner@tea.example");
  }

  private JsonObject tries(String language) {
    HttpResponse<String> answer =
        line.ask(MAIL + "/test", recipient(), "Accept-Language", language);
    return json(200, answer);
  }

  private JsonObject relay() {
    return line.json("/api/v1/status").getJsonObject("relay");
  }

  /** Where mail goes, who has said so, through which host, and whether that was tried. */
  private String sender() {
    JsonObject status = line.json("/api/v1/status");
    JsonObject now = status.getJsonObject("relay");
    assertEquals(
        now.getBoolean("verified"), status.getJsonObject("steps").getBoolean("sender"), "the step");
    return String.join(
        " ",
        now.getString("kind"),
        now.getString("setBy"),
        now.getString("host"),
        now.getBoolean("verified").toString());
  }

  private JsonObject address() {
    return line.json(ADDRESS);
  }

  private String why() {
    JsonObject why = address().getJsonObject("why");
    return why == null ? "" : why.getString("en");
  }

  private String reason(String customer) {
    return line.customer(customer)
        .messageOf("thanks")
        .map(it -> it.getString("reason"))
        .orElse(null);
  }

  private void orders(String customer) {
    line.customer(customer).agrees("consent");
    line.customer(customer).orders("order");
  }

  private JsonObject thanked(String customer, boolean isCaught) {
    orders(customer);
    JsonObject sent = line.customer(customer).awaitMessage("thanks", "sent");
    long caught =
        line.items("/api/v1/mails").stream()
            .filter(it -> it.getString("to").equals(customer + "@example.com"))
            .count();
    assertEquals(isCaught ? 1 : 0, caught, customer);
    return sent;
  }

  private List<Delivered> arrived(String customer) {
    return Stream.of(relay, elsewhere)
        .flatMap(sink -> sink.ledger().to(customer + "@example.com").stream())
        .toList();
  }

  private static String fault(HttpResponse<String> answer) {
    return json(400, answer).getJsonArray("errors").getJsonObject(0).getString("pointer");
  }

  /** What is answered to who asks for the pages by this name. */
  private int asking(String host) {
    String request = "GET /api/v1/session HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    return Wire.send(line.port(), request, 1).firstStatus();
  }

  /** The cookie of who signs in here, or through a proxy that names for whom it asks. */
  private String cookie(String forwarded) {
    JsonObject who =
        new JsonObject().put("email", "owner@tea.example").put("passphrase", Visitor.WORDS);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(line.url("/api/v1/sign-in"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(who.encode()));
    if (!forwarded.isEmpty()) {
      request.header("X-Forwarded-For", forwarded);
    }
    String cookie = line.sendAs(request).headers().firstValue("Set-Cookie").orElseThrow();
    assertEquals(!forwarded.isEmpty(), cookie.endsWith("; Secure"), cookie);
    return cookie.split("=", 2)[0];
  }
}
