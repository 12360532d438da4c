package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.Visitor.WORDS;
import static soloist.dist.Visitor.code;
import static soloist.dist.Visitor.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an account may have beside its passphrase: a code of an app, and tokens for some networks.
 */
class SecondFactorIT {
  private static final String MARIE = "marie+1@tea.example";

  @TempDir static Path folder;
  private static Line line;
  private static Visitor owner;

  @BeforeAll
  static void open() {
    line = Line.withoutRelay(folder);
    owner = Visitor.owner(line);
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @BeforeEach
  void confirm() {
    json(200, owner.confirms());
  }

  @Test
  void withACodeOfAnAppAPassphraseAloneLetsNobodyIn() throws Exception {
    Visitor marie = owner.invites(MARIE, "marketer");
    Visitor elsewhere = new Visitor(line);
    json(200, elsewhere.signsIn(MARIE, WORDS));
    assertEquals(400, asks(marie, "begin", new JsonObject().put("passphrase", "x")).statusCode());

    JsonObject begun = json(200, asks(marie, "begin", new JsonObject().put("passphrase", WORDS)));

    String key = begun.getString("key");
    assertEquals(
        "otpauth://totp/Soloist:marie%2B1%40tea.example?secret=" + key + "&issuer=Soloist",
        begun.getString("link"));
    // Not before a code of it has come back.
    json(200, elsewhere.signsIn(MARIE, WORDS));
    assertEquals(400, turnOn(marie, "000000").statusCode());
    JsonArray recovery = json(200, turnOn(marie, app(key))).getJsonArray("recoveryCodes");
    assertEquals(10, recovery.size());
    assertEquals(401, elsewhere.get("/api/v1/profiles").statusCode());
    assertEquals(200, marie.get("/api/v1/profiles").statusCode());
    assertEquals("code-needed", code(elsewhere.signsIn(MARIE, WORDS)));
    assertEquals("sign-in-wrong", code(elsewhere.signsIn(MARIE, "wrong words")));
    // The one that has turned it on is used up.
    assertEquals("code-wrong", code(signIn(elsewhere, app(key))));
    line.advance(Duration.ofSeconds(30));
    json(200, signIn(elsewhere, app(key)));
    assertEquals("code-wrong", code(signIn(elsewhere, app(key))));

    String lost = recovery.getString(3);
    json(200, signIn(elsewhere, lost.toLowerCase(Locale.ROOT).replace("-", " ")));
    assertEquals("code-wrong", code(signIn(elsewhere, lost)));
    assertEquals(9, json(200, marie.get("/api/v1/second-factor")).getInteger("recoveryLeft"));

    // A new passphrase is one factor, still.
    String link = path(owner, MARIE) + "/link";
    String secret =
        json(200, owner.post(link, new JsonObject())).getString("link").replaceAll(".*#", "");
    json(
        200,
        elsewhere.post(
            "/api/v1/passphrase", new JsonObject().put("link", secret).put("passphrase", WORDS)));
    assertEquals("code-needed", code(elsewhere.signsIn(MARIE, WORDS)));
    assertEquals("code-wrong", code(signIn(elsewhere, "guess")));
    line.advance(Duration.ofSeconds(30));
    assertEquals("too-often", code(signIn(elsewhere, app(key))));
    line.advance(Duration.ofMinutes(3));
    json(200, signIn(elsewhere, app(key)));

    json(200, owner.confirms());
    JsonObject user =
        json(200, owner.post(path(owner, MARIE) + "/second-factor/remove", new JsonObject()));
    assertFalse(user.getBoolean("secondFactor"));
    assertEquals(401, elsewhere.get("/api/v1/profiles").statusCode());
    json(200, elsewhere.signsIn(MARIE, WORDS));
    String stored = line.stored("users").find().into(new ArrayList<>()).toString();
    String log = line.get("/api/v1/audit?limit=200").body();
    for (String shown : new String[] {key, lost, recovery.getString(0)}) {
      assertFalse(stored.contains(shown) || log.contains(shown), shown);
    }
    assertTrue(log.contains("•••"), log);
  }

  @Test
  void theOwnerWhoHasLostEverythingIsLetInByTheMachine() throws Exception {
    JsonObject begun = json(200, asks(owner, "begin", new JsonObject().put("passphrase", WORDS)));
    line.advance(Duration.ofMinutes(16));
    assertEquals(400, turnOn(owner, app(begun.getString("key"))).statusCode());
    String key =
        json(200, asks(owner, "begin", new JsonObject().put("passphrase", WORDS))).getString("key");
    json(200, turnOn(owner, app(key)));
    Visitor lost = new Visitor(line);
    assertEquals("code-needed", code(lost.signsIn("owner@tea.example", WORDS)));

    line.order("/api/v1/owner/second-factor/remove");

    json(200, lost.signsIn("owner@tea.example", WORDS));
    owner = lost;
    key =
        json(200, asks(owner, "begin", new JsonObject().put("passphrase", WORDS))).getString("key");
    json(200, turnOn(owner, app(key)));
    line.advance(Duration.ofSeconds(30));
    JsonObject both = new JsonObject().put("passphrase", WORDS).put("code", app(key));
    assertEquals(400, asks(owner, "turn-off", both.copy().put("code", "1")).statusCode());
    assertEquals(400, asks(owner, "turn-off", both.copy().put("passphrase", "1")).statusCode());
    assertFalse(json(200, asks(owner, "turn-off", both)).getBoolean("on"));
  }

  @Test
  void aTokenIsGoodFromTheNetworksItWasMadeFor() {
    Visitor dev = owner.invites("dev@tea.example", "developer");
    JsonObject wish =
        new JsonObject()
            .put("name", "shop")
            .put("days", 30)
            .put("scopes", JsonArray.of("customers:read"));
    assertEquals(
        "token-from",
        json(400, dev.post("/api/v1/tokens", wish.copy().put("from", JsonArray.of("shop.example"))))
            .getJsonArray("errors")
            .getJsonObject(0)
            .getString("code"));
    JsonObject here =
        json(
            201,
            dev.post(
                "/api/v1/tokens",
                wish.copy().put("from", JsonArray.of("203.0.113.0/24", "127.0.0.0/8"))));
    JsonObject away =
        json(201, dev.post("/api/v1/tokens", wish.copy().put("from", JsonArray.of("203.0.113.7"))));

    assertEquals(200, by(here).statusCode());
    HttpResponse<String> refused = by(away);

    assertEquals(403, refused.statusCode());
    assertEquals("token-elsewhere", code(refused));
    JsonArray mine = json(200, dev.get("/api/v1/tokens")).getJsonArray("items");
    assertEquals(2, mine.size());
    for (int i = 0; i < mine.size(); i++) {
      JsonObject token = mine.getJsonObject(i);
      boolean isUsed = token.getString("id").equals(here.getString("id"));
      assertEquals(isUsed ? "127.0.0.1" : null, token.getString("usedFrom"));
      assertEquals(isUsed, token.getString("usedAt") != null);
    }
    assertEquals(
        "GET /api/v1/profiles",
        line.items("/api/v1/audit?kind=token&refused=true").getFirst().getString("what"));
  }

  private static HttpResponse<String> by(JsonObject token) {
    return line.sendAs(
        HttpRequest.newBuilder(line.url("/api/v1/profiles")),
        "Authorization",
        "Bearer " + token.getString("token"));
  }

  private static HttpResponse<String> asks(Visitor visitor, String what, JsonObject body) {
    return visitor.post("/api/v1/second-factor/" + what, body);
  }

  private static HttpResponse<String> turnOn(Visitor visitor, String code) {
    return asks(visitor, "turn-on", new JsonObject().put("code", code));
  }

  private static HttpResponse<String> signIn(Visitor visitor, String code) {
    return visitor.post(
        "/api/v1/sign-in",
        new JsonObject().put("email", MARIE).put("passphrase", WORDS).put("code", code));
  }

  private static String path(Visitor visitor, String email) {
    JsonArray users = json(200, visitor.get("/api/v1/users")).getJsonArray("items");
    return "/api/v1/users/"
        + Line.objects(users).stream()
            .filter(user -> user.getString("email").equals(email))
            .findFirst()
            .orElseThrow()
            .getString("id");
  }

  /** What an app shows now that knows the standard and nothing of us (RFC 6238, RFC 4648). */
  private static String app(String base32) throws GeneralSecurityException {
    var bits = BigInteger.ZERO;
    for (char letter : base32.toCharArray()) {
      bits =
          bits.shiftLeft(5)
              .or(BigInteger.valueOf(letter >= 'A' ? letter - 'A' : letter - '2' + 26));
    }
    byte[] key = new byte[20];
    byte[] number = bits.toByteArray();
    int from = Math.max(0, number.length - key.length);
    System.arraycopy(number, from, key, key.length - (number.length - from), number.length - from);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key, "RAW"));
    byte[] hash =
        mac.doFinal(
            ByteBuffer.allocate(8).putLong(line.clock.instant().getEpochSecond() / 30).array());
    int value = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", value % 1_000_000);
  }
}
