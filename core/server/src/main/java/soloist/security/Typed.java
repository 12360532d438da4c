package soloist.security;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import soloist.http.Problem;

/** Texts out of a body: anything else that stands there is a fault, never a query. */
final class Typed {
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,180}");
  private static final int LONGEST = 1_000;

  private Typed() {}

  static String text(JsonObject body, String field, String code) {
    if (body.getValue(field) instanceof String text
        && text.length() <= LONGEST
        && !text.isEmpty()) {
      return text;
    }
    throw Problem.invalid("/" + field, code);
  }

  static String email(JsonObject body) {
    String email = Users.normal(text(body, "email", "user-email"));
    if (!EMAIL.matcher(email).matches()) {
      throw Problem.invalid("/email", "user-email");
    }
    return email;
  }

  static String passphrase(JsonObject body) {
    return text(body, "passphrase", "passphrase-missing");
  }
}
