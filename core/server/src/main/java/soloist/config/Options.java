package soloist.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import soloist.spi.Settings;

/**
 * The command line: flags before environment ({@code SOLOIST_…}) before defaults. Secrets come by
 * file only.
 */
public final class Options {
  private static final Set<String> SWITCHES =
      Set.of("json", "once", "help", "yes", "force", "second-factor");
  private static final Set<String> SERVER =
      Set.of(
          "port",
          "home",
          "plugins",
          "mongodb",
          "public-url",
          "public-url-trust",
          "smtp-host",
          "smtp-port",
          "smtp-security",
          "smtp-username",
          "smtp-password-file",
          "smtp-connections",
          "from",
          "sender",
          "postal-address");

  private final Map<String, String> values;
  private final Map<String, String> environment;

  private Options(Map<String, String> values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  /**
   * Reads {@code --name value}, {@code --name=value} and switches.
   *
   * @param more names that this command knows beside those of every server
   * @throws IllegalArgumentException for what is not known; the message says which
   */
  public static Options read(
      List<String> arguments, Set<String> more, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    List<String> rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      String argument = rest.removeFirst();
      if (!argument.startsWith("--")) {
        throw new IllegalArgumentException(
            "'" + argument + "' is not an option; options begin with --");
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (SWITCHES.contains(name)) {
        values.put(name, "true");
      } else if (!SERVER.contains(name) && !more.contains(name)) {
        throw new IllegalArgumentException("there is no option --" + name);
      } else if (equals >= 0) {
        values.put(name, argument.substring(equals + 1));
      } else if (rest.isEmpty()) {
        throw new IllegalArgumentException("option --" + name + " needs a value");
      } else {
        values.put(name, rest.removeFirst());
      }
    }
    return new Options(values, environment);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Optional<String> find(String name) {
    String variable = "SOLOIST_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(values.getOrDefault(name, environment.get(variable)))
        .filter(value -> !value.isBlank());
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException when it is none or out of bounds; the message says so
   */
  public int number(String name, int fallback, int least, int most) {
    return new Settings(find(name).map(value -> Map.of(name, value)).orElse(Map.of()))
        .number(name, fallback, least, most);
  }

  /**
   * The server's configuration.
   *
   * @param shippedPlugins where plugins lie when nothing else is said
   * @param defaultHome where the owner's files lie when nothing else is said
   */
  public Config config(Path shippedPlugins, Path defaultHome) throws IOException {
    String senderEmail = find("from").orElse("hello@localhost.localdomain");
    return new Config(
        number("port", 8080, 0, 65_535),
        find("home").map(Path::of).orElse(defaultHome),
        find("plugins").map(Path::of).orElse(shippedPlugins),
        find("mongodb"),
        find("public-url").map(URI::create),
        find("public-url-trust").map(Path::of),
        relay(senderEmail),
        find("sender").orElse("Soloist"),
        senderEmail,
        find("postal-address").orElse(""));
  }

  private Optional<Settings> relay(String senderEmail) throws IOException {
    Optional<String> host = find("smtp-host");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> relay = new HashMap<>();
    relay.put("host", host.get());
    relay.put("from", senderEmail);
    find("sender").ifPresent(sender -> relay.put("fromName", sender));
    find("smtp-port").ifPresent(port -> relay.put("port", port));
    find("smtp-security").ifPresent(security -> relay.put("security", security));
    find("smtp-username").ifPresent(username -> relay.put("username", username));
    find("smtp-connections").ifPresent(connections -> relay.put("connections", connections));
    Optional<String> passwordFile = find("smtp-password-file");
    if (passwordFile.isPresent()) {
      relay.put("password", Files.readString(Path.of(passwordFile.get())).strip());
    }
    return Optional.of(new Settings(relay));
  }
}
