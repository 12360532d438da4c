package soloist.http;

import io.vertx.core.json.JsonObject;

/** What every request to a route passes. */
public interface Gate {

  /**
   * Says who asks; may block.
   *
   * @throws Problem when they may not
   */
  Caller admit(Request request, Operation operation);

  /**
   * Told of each change that somebody known asked for, once it is answered.
   *
   * @param before the thing as it was, empty when it cannot be read
   * @param after what was answered, empty when that is no JSON or no success
   */
  void changed(
      Request request, Operation operation, int status, JsonObject before, JsonObject after);

  /** Whether there is no owner yet. Never blocks. */
  boolean isFirstStart();
}
