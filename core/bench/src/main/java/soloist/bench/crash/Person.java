package soloist.bench.crash;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One customer of the load.
 *
 * @param tellings in the order in which they are told; the events of one telling are told at once
 * @param clicks whether the link of the first mail is followed
 * @param orders how many different ones are told
 */
record Person(String email, List<List<JsonObject>> tellings, boolean clicks, int orders) {
  Person {
    tellings = List.copyOf(tellings);
  }

  /** How many different events are told. */
  int events() {
    return (int)
        tellings.stream().flatMap(List::stream).map(e -> e.getString("id")).distinct().count();
  }
}
