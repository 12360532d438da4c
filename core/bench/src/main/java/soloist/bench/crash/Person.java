package soloist.bench.crash;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One customer of the load.
 *
 * @param tellings in the order in which they are told; the events of one telling are told at once
 * @param clicks whether the link of the first mail is followed
 */
record Person(String email, List<List<JsonObject>> tellings, boolean clicks) {
  Person {
    tellings = List.copyOf(tellings);
  }
}
