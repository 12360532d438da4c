package soloist.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import soloist.http.Problem;

/** The pinned Ed25519 keys (RFC 8032) of those who publish plugins. */
final class Publishers {
  private final Map<String, PublicKey> keys;

  Publishers(Map<String, PublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /** The keys that ship, one line each: name and key in X.509 form as Base64. */
  static Publishers pinned() throws IOException {
    Properties lines = new Properties();
    try (InputStream in = Publishers.class.getResourceAsStream("publishers.properties")) {
      if (in == null) {
        throw new IOException("publishers.properties is missing");
      }
      lines.load(in);
    }
    Map<String, PublicKey> keys = new HashMap<>();
    try {
      for (String name : lines.stringPropertyNames()) {
        byte[] key = Base64.getDecoder().decode(lines.getProperty(name).strip());
        keys.put(
            name, KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("publishers.properties holds something else than Ed25519 keys", e);
    }
    return new Publishers(keys);
  }

  /** SHA-256 of a publisher's key, by which people compare it; empty for nobody. */
  String fingerprint(String publisher) {
    PublicKey key = keys.get(publisher);
    if (key == null) {
      return "";
    }
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Who has signed these bytes; empty when nobody has.
   *
   * @throws Problem when there is a signature, but none of a pinned key over these bytes
   */
  String publisher(byte[] zip, Optional<String> signature) {
    if (signature.isEmpty()) {
      return "";
    }
    try {
      byte[] written = Base64.getDecoder().decode(signature.get().strip());
      for (Map.Entry<String, PublicKey> publisher : keys.entrySet()) {
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(publisher.getValue());
        check.update(zip);
        if (check.verify(written)) {
          return publisher.getKey();
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // What cannot be read is no signature of anybody.
    }
    throw Problem.invalid("", "plugin-signature");
  }
}
