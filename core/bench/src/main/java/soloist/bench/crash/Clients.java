package soloist.bench.crash;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import soloist.testkit.Delivered;

/**
 * Several clients that tell events until they are answered 202, with the same id each time,
 * whatever happens to the server meanwhile. The events of one person are told by one client, one
 * after the other.
 */
final class Clients {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Address address;
  private final int count;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answers = new AtomicInteger();

  /**
   * @param count how many tell at the same time
   */
  Clients(Address address, int count) {
    this.address = address;
    this.count = count;
  }

  /** The id of each event that was answered 202. */
  Set<String> accepted() {
    return accepted;
  }

  /** How many answers 202 there were so far, doubles included. */
  int answers() {
    return answers.get();
  }

  /** Tells what these people do. Returns when everything has been answered 202. */
  void tell(List<Person> people) throws InterruptedException {
    all(people.stream().map(person -> work(() -> tell(person))).toList());
  }

  private void tell(Person person) throws InterruptedException {
    for (List<JsonObject> telling : person.tellings()) {
      if (telling.size() == 1) {
        tell(telling.getFirst());
      } else {
        all(telling.stream().map(event -> work(() -> tell(event))).toList());
      }
    }
  }

  private void tell(JsonObject event) throws InterruptedException {
    while (true) {
      Address.Place place = address.await(LIMIT);
      try {
        var request =
            place
                .request("/api/v1/events")
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.encode()))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 202) {
          answers.incrementAndGet();
          accepted.add(event.getString("id"));
          return;
        }
        if (response.statusCode() != 503) {
          throw new IllegalStateException(
              event + " was answered " + response.statusCode() + ": " + response.body());
        }
      } catch (IOException _) {
        // Killed before it answered: nobody knows, so the same event is told again.
      }
      address.awaitOther(place, PAUSE);
    }
  }

  /** Follows the tracked link of each mail, at the server of the moment. */
  void click(List<Delivered> mails) throws InterruptedException {
    all(mails.stream().map(mail -> work(() -> click(mail))).toList());
  }

  private void click(Delivered mail) throws InterruptedException {
    URI link =
        mail.link("/c/")
            .orElseThrow(() -> new IllegalStateException(mail.file() + " has no tracked link"));
    int status;
    try {
      status =
          http.send(
                  HttpRequest.newBuilder(address.await(LIMIT).url().resolve(link.getRawPath()))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("a click on " + link + " failed", e);
    }
    if (status != 302) {
      throw new IllegalStateException("a click on " + link + " was answered " + status);
    }
  }

  /** The counts that the server itself tells. */
  JsonObject status() throws InterruptedException {
    try {
      return new JsonObject(
          http.send(
                  address.await(LIMIT).request("/api/v1/status").build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new IllegalStateException("the server does not tell its status", e);
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static Callable<Boolean> work(Work work) {
    return () -> {
      work.run();
      return true;
    };
  }

  private void all(List<Callable<Boolean>> work) throws InterruptedException {
    List<Future<Boolean>> done = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(count)) {
      work.forEach(each -> done.add(clients.submit(each)));
    }
    for (Future<Boolean> each : done) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client gave up: " + e.getCause(), e);
      }
    }
  }
}
