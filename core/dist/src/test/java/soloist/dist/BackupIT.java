package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's data leave in one file and come back from it. */
class BackupIT {
  private record Ended(int code, String out, String err) {}

  @TempDir Path folder;
  private Line line;

  @BeforeEach
  void open() {
    line = Line.withStoreInside(folder);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void whatWasBackedUpComesBackAndNothingDueGoesOutBeforeItIsReleased() throws Exception {
    Customer ada = line.customer("ada");
    URI click = ada.isThanked().link("/c/").orElseThrow();
    String portrait = known(ada);
    JsonObject job = line.order("/api/v1/backups");
    Line.until("the backup", () -> !state(job).equals("running"));
    JsonObject result = line.json("/api/v1/jobs/" + job.getString("id")).getJsonObject("result");
    Path file = Path.of(result.getString("file"));
    isHandedOutOnce(file);
    line.customer("later").isThanked();

    line.stop();
    Files.move(line.home(), folder.resolve("lost"));
    Ended restored =
        command("restore", "--file", moved(file).toString(), "--home", line.home().toString());
    assertEquals(plugins(folder.resolve("lost")), plugins(line.home()));
    line.advance(Duration.ofDays(4));
    line.go();

    assertEquals(0, restored.code(), restored.err());
    assertEquals(result.getLong("documents"), json(restored).getLong("documents"));
    assertEquals(portrait, known(ada));
    assertEquals(1, line.items("/api/v1/profiles").size());
    assertEquals("restored", held().getString("reason"));
    Line.until("the reminder", () -> line.json("/api/v1/sending").getInteger("waiting") == 1);
    assertEquals(1, ada.mails().size());
    line.restart();
    assertEquals("restored", held().getString("reason"));
    // Links of mails that were sent before are signed with the key that came along.
    assertEquals(302, line.get(click.getRawPath()).statusCode());

    line.order("/api/v1/sending/release");

    ada.awaitMessage("reminder", "sent");
  }

  @Test
  void aStoreInUseOrInTheWayIsLeftAlone() throws Exception {
    line.customer("ada").isThanked();
    String home = line.home().toString();

    Ended check = command("store check", "--home", home);
    Ended restore = command("restore", "--file", "none", "--home", home);
    line.stop();
    Ended backup = command("backup", "--home", home, "--file", folder.resolve("b").toString());
    Ended healthy = command("store check", "--home", home);
    line.go();

    assertEquals(4, check.code());
    assertTrue(check.err().contains(home), check.err());
    assertEquals(1, restore.code());
    assertTrue(restore.err().contains("never writes over one"), restore.err());
    assertEquals(0, backup.code(), backup.err());
    assertTrue(Files.size(folder.resolve("b")) > 0);
    assertEquals(0, healthy.code(), healthy.out());
    assertTrue(json(healthy).getLong("documents") > 60, healthy.out());
    assertTrue(json(healthy).getJsonArray("faults").isEmpty());
  }

  private void isHandedOutOnce(Path file) throws IOException {
    String path = "/api/v1/backups/" + file.getFileName();
    JsonObject listed = line.items("/api/v1/backups").getFirst();
    assertEquals(file.getFileName().toString(), listed.getString("name"));
    assertEquals("by-hand", listed.getString("kind"));
    assertEquals(404, line.ask("/api/v1/backups/..%2fsoloist.key/link", none()).statusCode());
    assertEquals(403, line.get(path + "/file?once=guess").statusCode());
    String link = line.order(path + "/link").getString("link");

    HttpResponse<String> taken = line.get(link);

    assertEquals(200, taken.statusCode());
    assertEquals(Files.size(file), taken.headers().firstValueAsLong("Content-Length").orElse(0));
    assertEquals(
        "attachment; filename=\"" + file.getFileName() + "\"",
        taken.headers().firstValue("Content-Disposition").orElse(""));
    assertEquals(403, line.get(link).statusCode());
    String late = line.order(path + "/link").getString("link");
    line.advance(Duration.ofMinutes(1));
    assertEquals(403, line.get(late).statusCode());
  }

  private static JsonObject none() {
    return new JsonObject();
  }

  private static Set<String> plugins(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("plugins"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".zip"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private String state(JsonObject job) {
    return line.json("/api/v1/jobs/" + job.getString("id")).getString("state");
  }

  private JsonObject held() {
    return line.json("/api/v1/sending").getJsonObject("held");
  }

  private Path moved(Path file) {
    return folder.resolve("lost").resolve("backups").resolve(file.getFileName());
  }

  private static JsonObject json(Ended ended) {
    return new JsonObject(ended.out());
  }

  private Ended command(String words, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Line.SHIPPED.resolve("lib") + "/*",
                "soloist.Main"));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of(options));
    command.add("--json");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return new Ended(process.exitValue(), out, Files.readString(errors));
  }

  /** The portrait without what is due, which goes on as soon as the server runs. */
  private static String known(Customer customer) {
    JsonObject portrait = customer.portrait();
    portrait.remove("journeys");
    portrait.remove("dueAt");
    return portrait.encode();
  }
}
