package soloist;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import soloist.delivery.CaughtMails;

/**
 * Lets the demo company live through one day over HTTP: its events come in, mails go out, some
 * customers answer.
 */
final class Demo {
  private static final int CLIENTS = 8;
  private static final int DOUBLE_EVERY = 10;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Pattern CLICK = Pattern.compile("href=\"(http://localhost:\\d+/c/[^\"]+)\"");
  private static final Pattern OPEN = Pattern.compile("src=\"(http://localhost:\\d+/o/[^\"]+)\"");
  private static final Pattern UNSUBSCRIBE = Pattern.compile("<(http://localhost:\\d+/u/[^>]+)>");

  private final Soloist soloist;
  private final HttpClient client = HttpClient.newHttpClient();

  Demo(Soloist soloist) {
    this.soloist = soloist;
  }

  /**
   * Runs the day and counts what came of it, in the store and in the mails that were received.
   *
   * @throws IOException when a step failed; the message says which
   */
  Map<String, Long> run(DemoCompany company) throws IOException, InterruptedException {
    List<Callable<Long>> work = new ArrayList<>();
    for (List<JsonObject> events : company.customers()) {
      work.add(() -> tell(events));
    }
    long doubles = all(work);
    untilIdle();
    int answered = 0;
    List<CaughtMails.Mail> mails = mails();
    for (int i = 0; i < mails.size(); i++) {
      answered += answer(mails.get(i), i);
    }
    untilTold(answered);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("doubles", doubles);
    counts.putAll(soloist.counts().all());
    counts.put("members", soloist.counts().members());
    counts.put("mails", (long) soloist.caught().ids().size());
    return counts;
  }

  /**
   * Tells the events of one customer in their order, some of them twice. Returns how many were
   * known already.
   */
  private long tell(List<JsonObject> events) throws IOException, InterruptedException {
    long doubles = 0;
    for (int i = 0; i < events.size(); i++) {
      doubles += post(events.get(i)) ? 1 : 0;
      if (events.get(i).getString("id").hashCode() % DOUBLE_EVERY == 0) {
        doubles += post(events.get(i)) ? 1 : 0;
      }
    }
    return doubles;
  }

  private boolean post(JsonObject event) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(soloist.url() + "/api/v1/events"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + soloist.token())
                .POST(HttpRequest.BodyPublishers.ofString(event.encode()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 202) {
      throw new IOException(
          "event "
              + event.getString("id")
              + " was answered "
              + response.statusCode()
              + ": "
              + response.body());
    }
    return new JsonObject(response.body()).getBoolean("duplicate");
  }

  private List<CaughtMails.Mail> mails() {
    return soloist.caught().ids().stream()
        .flatMap(id -> soloist.caught().find(id).stream())
        .sorted(Comparator.comparing(CaughtMails.Mail::to))
        .toList();
  }

  /**
   * Every second mail is opened, every third clicked, every tenth answered by an unsubscribe.
   * Returns how many events follow.
   */
  private int answer(CaughtMails.Mail mail, int number) throws IOException, InterruptedException {
    int answers = 0;
    if (number % 2 == 0) {
      answers += follow(OPEN, mail.html(), false);
    }
    if (number % 3 == 0) {
      answers += follow(CLICK, mail.html(), false);
    }
    if (number % 10 == 9) {
      String raw =
          new String(soloist.caught().raw(mail.id()).orElseThrow(), StandardCharsets.UTF_8);
      answers += follow(UNSUBSCRIBE, raw.replaceAll("\r\n[ \t]+", ""), true);
    }
    return answers;
  }

  private int follow(Pattern link, String text, boolean post)
      throws IOException, InterruptedException {
    Matcher matcher = link.matcher(text);
    if (!matcher.find()) {
      throw new IOException("a mail has no link of the form " + link);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(matcher.group(1)));
    if (post) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"));
    }
    Instant limit = Instant.now().plus(LONGEST);
    int status = status(request.build());
    while (status == 503) {
      pause(limit, "an unsubscribe was not stored");
      status = status(request.build());
    }
    if (status >= 400) {
      throw new IOException(matcher.group(1) + " was answered " + status);
    }
    return 1;
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private void untilIdle() throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(LONGEST);
    while (!soloist.isIdle()) {
      pause(limit, "events were not all judged and sent");
    }
  }

  private void untilTold(int answers) throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(LONGEST);
    while (told(soloist.counts().all()) < answers || !soloist.isIdle()) {
      pause(limit, "answers to mails did not all become events");
    }
  }

  private static long told(Map<String, Long> counts) {
    return Stream.of("opened", "clicked", "unsubscribed")
        .mapToLong(kind -> counts.getOrDefault(kind, 0L))
        .sum();
  }

  private static void pause(Instant limit, String what) throws IOException, InterruptedException {
    if (Instant.now().isAfter(limit)) {
      throw new IOException(what + " within " + LONGEST.toSeconds() + " s");
    }
    Thread.sleep(20);
  }

  private static long all(List<Callable<Long>> work) throws IOException, InterruptedException {
    long sum = 0;
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Long> done : clients.invokeAll(work)) {
        sum += done.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the demo company could not tell its events: " + e.getMessage(), e);
    }
    return sum;
  }
}
