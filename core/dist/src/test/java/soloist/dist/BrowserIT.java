package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of the shipped server with its demo company, walked in a real browser by {@code
 * ui/browser/walk.mjs}.
 */
@Order(2)
class BrowserIT {
  private static final Path SHIPPED = Path.of("target", "soloist");
  private static final Path UI = Path.of("..", "..", "ui");

  @TempDir Path home;
  @TempDir Path files;

  @Test
  void thePagesWorkInBothLanguagesOnAPhoneAndOnADesk() throws Exception {
    assumeTrue(
        Files.isDirectory(UI.resolve("node_modules")),
        "the pages were not built in this run (-Dui.skip)");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                SHIPPED.resolve("lib") + "/*",
                "soloist.Main",
                "demo",
                "--json",
                "--port",
                "0",
                "--home",
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = server.inputReader()) {
      JsonObject ready = new JsonObject(output.readLine());

      ProcessBuilder walk =
          new ProcessBuilder("node", "browser/walk.mjs")
              .directory(UI.toFile())
              .redirectErrorStream(true);
      walk.environment().put("SOLOIST_URL", ready.getString("url"));
      walk.environment().put("SOLOIST_SETUP", ready.getString("setup"));
      walk.environment().put("SOLOIST_PLUGIN", plugin().toString());
      walk.environment().put("SOLOIST_WHOLE", Boolean.toString(Boolean.getBoolean("soloist.slow")));
      Process browser = walk.start();
      var late = CompletableFuture.delayedExecutor(15, TimeUnit.MINUTES);
      var unused = CompletableFuture.runAsync(browser::destroyForcibly, late);
      List<String> said =
          browser.inputReader(StandardCharsets.UTF_8).lines().peek(System.out::println).toList();

      assertEquals(0, browser.waitFor(), () -> String.join("\n", failures(said)));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Each failed check with the lines under it; or how far it came. */
  private static List<String> failures(List<String> said) {
    List<String> failures = new ArrayList<>();
    boolean failed = false;
    for (String line : said) {
      failed = line.startsWith("FAIL") || (failed && line.startsWith(" "));
      if (failed) {
        failures.add(line);
      }
    }
    return failures.isEmpty() ? List.of("the walk ended after: " + said.getLast()) : failures;
  }

  /**
   * A channel that the server does not have, which describes itself in a way that must stay text.
   */
  private Path plugin() throws IOException {
    try (Stream<Path> shipped = Files.list(SHIPPED.resolve("plugins"))) {
      Path webhook =
          shipped
              .filter(file -> file.getFileName().toString().matches("channel-webhook.*\\.zip"))
              .findFirst()
              .orElseThrow();
      String hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";
      return Files.write(
          files.resolve("brought-along.zip"),
          HomemadePlugin.renamed(webhook, "channel-brought", hostile));
    }
  }
}
