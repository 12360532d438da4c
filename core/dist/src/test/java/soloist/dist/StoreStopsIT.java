package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;

/** What somebody with a mail sees while the store, a process of its own, stands still. */
class StoreStopsIT {
  /** Answers take 150 ms; the machine may be busy with other tests. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private Process store;
  private Line line;

  @BeforeEach
  void open() throws IOException {
    Path shipped = Line.SHIPPED.toAbsolutePath();
    store =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                shipped + "/lib/*:" + shipped + "/bench/*",
                "soloist.bench.crash.EmbeddedProcess",
                folder.resolve("store").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new BufferedReader(store.inputReader(StandardCharsets.UTF_8)).readLine();
    assertTrue(said.startsWith("listening "), said);
    line =
        Line.withStore(
            said.substring("listening ".length()), Files.createDirectory(folder.resolve("line")));
  }

  @AfterEach
  void close() throws Exception {
    signal("CONT");
    line.close();
    store.destroyForcibly().waitFor();
  }

  @Test
  void anUnsubscribeIsNotPromisedAndKeptAsSoonAsTheStoreAnswers() throws Exception {
    Customer ada = line.customer("ada");
    Delivered mail = ada.isThanked();
    URI wayOut = URI.create(mail.headers("List-Unsubscribe").getFirst().replaceAll("[<>]", ""));
    URI click = mail.link("/c/").orElseThrow();
    signal("STOP");

    HttpResponse<String> ask = soon(HttpRequest.newBuilder(wayOut));
    HttpResponse<String> open = soon(unsubscribe(wayOut));
    HttpResponse<String> redirect = soon(HttpRequest.newBuilder(click));

    assertEquals(200, ask.statusCode());
    assertEquals(503, open.statusCode());
    assertEquals("60", open.headers().firstValue("Retry-After").orElse(""));
    assertTrue(open.body().contains("not stored yet"), open.body());
    assertTrue(open.body().contains("shop@tea.example"), open.body());
    assertFalse(open.body().contains("Done."), open.body());
    assertEquals(302, redirect.statusCode());
    assertEquals(Line.DESTINATION, redirect.headers().firstValue("Location").orElse(""));

    signal("CONT");

    Line.until("the event of the first try", () -> ada.happened("unsubscribed") == 1);
    Line.until("the click", () -> ada.happened("email.clicked") == 1);
    Line.until("the promise", () -> soon(unsubscribe(wayOut)).statusCode() == 200);
    assertEquals(1, ada.happened("unsubscribed"));
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "measures, for which the machine has to be quiet")
  void thePageAndTheAnswerComeWithinAFifthOfASecondAlsoWithTheStoreStopped() throws Exception {
    Delivered mail = line.customer("ada").isThanked();
    URI wayOut = URI.create(mail.headers("List-Unsubscribe").getFirst().replaceAll("[<>]", ""));
    long[] promise = millis(() -> unsubscribe(wayOut));
    signal("STOP");

    long[] page = millis(() -> HttpRequest.newBuilder(wayOut));
    long[] answer = millis(() -> unsubscribe(wayOut));

    System.getLogger("store")
        .log(
            System.Logger.Level.INFO,
            "milliseconds, sorted: promise {0}; with the store stopped: page {1}, answer {2}",
            Arrays.toString(promise),
            Arrays.toString(page),
            Arrays.toString(answer));
    assertTrue(promise[promise.length - 1] < 200, () -> "promise: " + Arrays.toString(promise));
    assertTrue(page[page.length / 2] < 200, () -> "page: " + Arrays.toString(page));
    assertTrue(answer[answer.length / 2] < 200, () -> "answer: " + Arrays.toString(answer));
  }

  /** Of twenty, sorted. */
  private long[] millis(Supplier<HttpRequest.Builder> request) {
    soon(request.get());
    return LongStream.generate(
            () -> {
              long began = System.nanoTime();
              soon(request.get());
              return (System.nanoTime() - began) / 1_000_000;
            })
        .limit(20)
        .sorted()
        .toArray();
  }

  private HttpResponse<String> soon(HttpRequest.Builder request) {
    return line.send(request.timeout(SOON));
  }

  private static HttpRequest.Builder unsubscribe(URI link) {
    return HttpRequest.newBuilder(link)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"));
  }

  private void signal(String name) throws IOException, InterruptedException {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, Long.toString(store.pid())).start().waitFor());
  }
}
