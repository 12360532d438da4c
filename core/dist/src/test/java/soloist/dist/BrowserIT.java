package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          new ProcessBuilder("node", "browser/walk.mjs").directory(UI.toFile()).inheritIO();
      walk.environment().put("SOLOIST_URL", ready.getString("url"));
      walk.environment().put("SOLOIST_SETUP", ready.getString("setup"));
      walk.environment().put("SOLOIST_PLUGIN", plugin().toString());
      walk.environment().put("SOLOIST_WHOLE", Boolean.toString(Boolean.getBoolean("soloist.slow")));
      Process browser = walk.start();
      boolean ended = browser.waitFor(15, TimeUnit.MINUTES);
      browser.destroyForcibly();

      assertEquals(
          "ended with 0",
          ended ? "ended with " + browser.exitValue() : "did not end in a quarter of an hour");
    } finally {
      server.destroy();
      server.waitFor();
    }
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
