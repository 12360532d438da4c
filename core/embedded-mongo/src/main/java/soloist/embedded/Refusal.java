package soloist.embedded;

import de.bwaldvogel.mongo.exception.MongoServerError;

/** Makes the errors that a client is answered with; the codes are MongoDB's own. */
final class Refusal {
  private Refusal() {}

  static MongoServerError of(int code, String name, String message) {
    return new MongoServerError(code, name, message);
  }

  static MongoServerError badValue(String message) {
    return of(2, "BadValue", message);
  }

  /** Something MongoDB knows and this store does not: refused, since ignoring it would lie. */
  static MongoServerError unsupported(String what) {
    return of(
        72, "InvalidOptions", what + " is not supported by the embedded store; use a MongoDB");
  }
}
