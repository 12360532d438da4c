package soloist.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;
import soloist.security.Keys;

/** Secrets of instances as the store keeps them: each opens at its own place only. */
final class SealedSettings {
  static final String USE = "instances";

  private final Keys keys;

  SealedSettings(Keys keys) {
    this.keys = keys;
  }

  Map<String, String> open(String id, Document sealed) {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String key : sealed.keySet()) {
      byte[] bytes = Base64.getDecoder().decode(sealed.getString(key));
      secrets.put(key, new String(keys.open(USE, place(id, key), bytes), StandardCharsets.UTF_8));
    }
    return secrets;
  }

  String seal(String id, String key, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(keys.seal(USE, place(id, key), bytes));
  }

  private static String place(String id, String key) {
    return "instances|" + id + "|" + key;
  }
}
