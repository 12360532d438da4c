package soloist.bench.crash;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What a company's customers do: who they are, most of them agree to mail, each orders one to four
 * times. Orders come in disorder and some events are told twice, one after the other or at once.
 * The same count and seed give the same load.
 */
final class Load {
  /** The clock of every run begins here, so that the same load has the same times. */
  static final Instant BEGIN = Instant.parse("2026-11-02T09:00:00Z");

  private static final int AGREE = 85;
  private static final int NAMED = 30;
  private static final int TWICE_AT_ONCE = 10;
  private static final int AGAIN_LATER = 10;
  private static final int CLICK = 33;

  /** Every third is known under several names at first and then found to be one person. */
  private static final int SEVERAL = 3;

  private final RandomGenerator random;
  private int orders;

  private Load(long seed) {
    random = new Random(seed);
  }

  static List<Person> people(int count, long seed) {
    var load = new Load(seed);
    List<Person> people = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      people.add(load.person(number));
    }
    return people;
  }

  /** As many as have at least so many different events. */
  static List<Person> doing(int events, long seed) {
    var load = new Load(seed);
    List<Person> people = new ArrayList<>();
    for (int sum = 0; sum < events; sum += people.getLast().events()) {
      people.add(load.person(people.size()));
    }
    return people;
  }

  private Person person(int number) {
    boolean isSeveral = number % SEVERAL == 0;
    List<JsonObject> first = new ArrayList<>(isSeveral ? several(number) : List.of());
    if (percent(AGREE)) {
      // Whether a mail may go out must not depend on whether this comes before or after it is sent.
      first.add(
          event(number, "consent", "consent-" + number, Duration.ofDays(390))
              .put(
                  "properties",
                  new JsonObject()
                      .put("purpose", "marketing")
                      .put("granted", true)
                      .put("source", "checkout")));
    }
    List<JsonObject> rest = new ArrayList<>();
    if (percent(NAMED)) {
      rest.add(
          event(number, "traits", "who-" + number, Duration.ofDays(400))
              .put("properties", new JsonObject().put("first_name", "Name " + number)));
    }
    int count = 1 + Math.min(random.nextInt(4), random.nextInt(4));
    for (int i = 0; i < count; i++) {
      rest.add(order(number));
    }
    if (isSeveral) {
      count++;
      rest.add(seen(number, "late-view-", "visitorId"));
      rest.add(seen(number, "late-look-", "userId"));
    }
    Collections.shuffle(rest, random);
    first.addAll(rest);
    return new Person(email(number), tellings(first), percent(CLICK), count);
  }

  /**
   * Known by address, by account and by browser, in this order, and then by all of them at once.
   * Nothing of this is recent: who is one person before or after a campaign begins must not matter.
   */
  private List<JsonObject> several(int number) {
    JsonObject order = order(number).put("identifiers", names(number, "userId"));
    order.put("time", BEGIN.minus(Duration.ofDays(40L + random.nextInt(300))).toString());
    return List.of(
        event(number, "traits", "met-" + number, Duration.ofDays(500))
            .put("identifiers", names(number, "email"))
            .put("properties", new JsonObject().put("city", "City " + number)),
        order,
        seen(number, "view-", "visitorId"),
        event(number, "traits", "known-" + number, Duration.ofDays(450))
            .put("identifiers", names(number, "email", "userId", "visitorId"))
            .put("properties", new JsonObject().put("points", number)));
  }

  /** Tells of nothing that anybody asks for. */
  private JsonObject seen(int number, String id, String name) {
    return event(number, "page_view", id + number, Duration.ofDays(40L + random.nextInt(300)))
        .put("identifiers", names(number, name));
  }

  private List<List<JsonObject>> tellings(List<JsonObject> events) {
    List<List<JsonObject>> tellings = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      JsonObject event = events.get(i);
      tellings.add(percent(TWICE_AT_ONCE) ? List.of(event, event) : List.of(event));
      if (percent(AGAIN_LATER)) {
        tellings.add(List.of(events.get(random.nextInt(i + 1))));
      }
    }
    return tellings;
  }

  private JsonObject order(int number) {
    String id = "T-" + orders++;
    return event(number, "order", "order-" + id, age())
        .put(
            "properties",
            new JsonObject()
                .put("orderId", id)
                .put("total", BigDecimal.valueOf(490 + random.nextInt(60_000), 2).toPlainString())
                .put("currency", number % 2 == 0 ? "EUR" : "CNY"));
  }

  /** Far from 24 hours and 30 days, where a run that takes longer would judge otherwise. */
  private Duration age() {
    int kind = random.nextInt(100);
    if (kind < 70) {
      return Duration.ofSeconds(60 + random.nextInt(10 * 3_600));
    }
    return Duration.ofHours(24L * (kind < 85 ? 2 + random.nextInt(20) : 40 + random.nextInt(300)));
  }

  private static JsonObject event(int number, String type, String id, Duration age) {
    return new JsonObject()
        .put("id", id)
        .put("type", type)
        .put("time", BEGIN.minus(age).toString())
        .put("identifiers", names(number, "email", "userId"));
  }

  private static JsonObject names(int number, String... kinds) {
    JsonObject names = new JsonObject();
    for (String kind : kinds) {
      names.put(kind, kind.equals("email") ? email(number) : kind + "-" + number);
    }
    return names;
  }

  static String email(int number) {
    return "customer" + number + "@example.com";
  }

  private boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }
}
