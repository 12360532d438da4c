package soloist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static final Path HERE = Path.of(".");

  @TempDir private Path folder;

  @Test
  void aFlagGoesBeforeTheEnvironmentAndThatBeforeTheDefault() throws IOException {
    Map<String, String> environment = Map.of("SOLOIST_PORT", "7000", "SOLOIST_SENDER", "Env");

    assertEquals(8080, config(Map.of(), "").port());
    assertEquals(7000, config(environment, "").port());
    assertEquals(9000, config(environment, "--port 9000").port());
    assertEquals(9000, config(environment, "--port=9000").port());
    assertEquals("Env", config(environment, "").sender());
    assertEquals("Soloist", config(Map.of("SOLOIST_SENDER", " "), "").sender());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense",
        "--nonsense=1",
        "port",
        "-p 1",
        "--port",
        "--port x",
        "--port 70000"
      })
  void whatIsNotKnownIsRefused(String arguments) {
    assertThrows(IllegalArgumentException.class, () -> config(Map.of(), arguments));
  }

  @Test
  void aCommandKnowsMoreOptions() {
    Options options = Options.read(List.of("--orders", "7", "--json"), Set.of("orders"), Map.of());

    assertEquals(7, options.number("orders", 1, 1, 10));
    assertTrue(options.has("json"));
    assertThrows(IllegalArgumentException.class, () -> options.number("orders", 1, 8, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--public-url http://shop.example",
        "--public-url https://localhost",
        "--public-url https://127.0.0.1",
        "--public-url https:nowhere",
        "--public-url https:///x"
      })
  void anAddressForUnsubscribingIsHttpsAndElsewhere(String more) {
    for (String relay : List.of("relay.example", "127.evil.example", "127.0.0.1.evil.example")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> config(Map.of(), ("--smtp-host " + relay + " " + more).strip()));
    }
  }

  @Test
  void aRelayOutsideComesWithAPublicAddressOrWaitsForOneOfThePage() throws IOException {
    assertTrue(config(Map.of(), "--smtp-host 127.0.0.1").relay().isPresent());
    assertTrue(config(Map.of(), "--smtp-host localhost").relay().isPresent());
    assertTrue(config(Map.of(), "--smtp-host relay.example").relay().isPresent());
    assertTrue(
        config(Map.of(), "--smtp-host relay.example --public-url https://shop.example")
            .relay()
            .isPresent());
  }

  @Test
  void aPasswordComesFromItsFileOnly() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "secret\n");

    Config config = config(Map.of(), "--smtp-host localhost --smtp-password-file " + file);

    assertEquals("secret", config.relay().orElseThrow().text("password"));
    assertThrows(
        IllegalArgumentException.class,
        () -> config(Map.of(), "--smtp-host localhost --smtp-password secret"));
  }

  private static Config config(Map<String, String> environment, String arguments)
      throws IOException {
    List<String> words = arguments.isEmpty() ? List.of() : Arrays.asList(arguments.split(" "));
    return Options.read(words, Set.of(), environment).config(HERE, HERE);
  }
}
