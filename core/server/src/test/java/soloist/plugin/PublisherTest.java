package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever signed a plugin once signs its updates. */
class PublisherTest {
  @TempDir private Path folder;
  private final KeyPair teaCo = pair();
  private final KeyPair otherCo = pair();
  private Hosted host;

  @BeforeEach
  void open() throws IOException {
    Map<String, java.security.PublicKey> pinned =
        Map.of("tea-co", teaCo.getPublic(), "other-co", otherCo.getPublic());
    host = new Hosted(folder, new Publishers(pinned)).start();
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void anUpdateByTheSameKeyIsTaken() {
    assertEquals(200, install("1.0.0", teaCo, "").statusCode());
    assertEquals(200, install("1.0.1", teaCo, "").statusCode());
  }

  @Test
  void anUpdateByAnotherKeyIsRefusedUntilItsFingerprintIsConfirmed() {
    install("1.0.0", teaCo, "");

    HttpResponse<String> refused = install("1.0.1", otherCo, "");
    HttpResponse<String> mistaken = install("1.0.1", otherCo, fingerprint(teaCo));

    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains(fingerprint(teaCo)), refused.body());
    assertTrue(refused.body().contains(fingerprint(otherCo)), refused.body());
    assertEquals(409, mistaken.statusCode());
    assertEquals("1.0.0", current());
    assertEquals(200, install("1.0.1", otherCo, fingerprint(otherCo)).statusCode());
    assertEquals("1.0.1", current());
    assertEquals(409, install("1.0.2", teaCo, "").statusCode(), "now the other one is pinned");
  }

  @Test
  void anUpdateByNobodyIsRefusedUntilThatIsConfirmed() {
    install("1.0.0", teaCo, "");

    HttpResponse<String> refused = install("1.0.1", null, "");

    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("unsigned"), refused.body());
    assertEquals("1.0.0", current());
    assertEquals(200, install("1.0.1", null, "unsigned").statusCode());
  }

  private String current() {
    return host.card("good").getJsonObject("current").getString("version");
  }

  private HttpResponse<String> install(String version, KeyPair by, String fingerprint) {
    byte[] zip = TestPlugin.good("good", version).zip();
    HttpResponse<String> uploaded =
        by == null
            ? host.upload(zip)
            : host.upload(zip, "Soloist-Plugin-Signature", signature(by, zip));
    assertEquals(201, uploaded.statusCode(), uploaded.body());
    JsonObject candidate = new JsonObject(uploaded.body()).getJsonObject("candidate");
    return host.post(
        "plugins/good/install",
        new JsonObject()
            .put("sha256", candidate.getString("sha256"))
            .put("fingerprint", fingerprint));
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String fingerprint(KeyPair pair) {
    try {
      byte[] key = pair.getPublic().getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signature(KeyPair pair, byte[] zip) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(zip);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
