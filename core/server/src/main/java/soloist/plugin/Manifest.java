package soloist.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pf4j.DefaultVersionManager;
import org.pf4j.Plugin;
import org.pf4j.PluginDependency;
import org.pf4j.VersionManager;
import soloist.http.Problem;
import soloist.spi.Text;

/**
 * What a plugin says of itself in {@code plugin.properties}.
 *
 * @param requires which versions of the SPI it works with
 * @param uses words for what its code does beyond computing, as {@link Lint.Power#word}
 * @param goals what its profiler is for, of a fixed list, in its own order
 */
record Manifest(
    String id,
    String version,
    String pluginClass,
    String requires,
    String provider,
    Text description,
    Text permissions,
    Set<String> uses,
    List<String> goals,
    List<PluginDependency> dependencies) {

  /** The version of the SPI that plugins are held against. */
  static final String SPI_VERSION = "0.1.0";

  /** What an owner can want to find out. */
  private static final List<String> GOALS =
      List.of("groups", "baskets", "churn", "value", "next-purchase", "describe");

  static final VersionManager VERSIONS = new DefaultVersionManager();

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern CLASS = Pattern.compile("[\\w$]+(\\.[\\w$]+)+");
  private static final Pattern OF_THE_HOST =
      Pattern.compile("(soloist\\.spi|org\\.pf4j|java|javax|jdk|sun|com\\.sun)\\..*");

  /**
   * Reads the manifest of an unpacked plugin.
   *
   * @throws Problem when something that must be there is missing or wrong
   */
  static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve("plugin.properties");
    if (!Files.isRegularFile(file)) {
      throw Problem.invalid("", "plugin-manifest");
    }
    Properties said = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      said.load(in);
    } catch (IllegalArgumentException _) {
      throw Problem.invalid("", "plugin-manifest");
    }
    String id = said.getProperty("plugin.id", "").strip();
    if (!ID.matcher(id).matches() || id.length() > 64) {
      throw Problem.invalid("plugin.id", "plugin-id", id);
    }
    String version = said.getProperty("plugin.version", "").strip();
    if (!isVersion(version)) {
      throw Problem.invalid("plugin.version", "plugin-version", version);
    }
    String pluginClass = said.getProperty("plugin.class", "").strip();
    if (!pluginClass.isEmpty() && !isOfAPlugin(pluginClass)) {
      throw Problem.invalid("plugin.class", "plugin-class", pluginClass);
    }
    Text permissions = text(said, "permissions");
    if (permissions.en().isEmpty()) {
      throw Problem.invalid("permissions", "plugin-permissions");
    }
    String description = said.getProperty("plugin.description", "").strip();
    return new Manifest(
        id,
        version,
        pluginClass.isEmpty() ? Plugin.class.getName() : pluginClass,
        said.getProperty("plugin.requires", "*").strip(),
        said.getProperty("plugin.provider", "").strip(),
        new Text(description, said.getProperty("description.zh-CN", description).strip()),
        permissions,
        uses(said.getProperty("uses", "")),
        goals(said.getProperty("goals", "")),
        dependencies(said.getProperty("plugin.dependencies", "")));
  }

  private static Text text(Properties said, String key) {
    String english = said.getProperty(key, "").strip();
    return new Text(english, said.getProperty(key + ".zh-CN", english).strip());
  }

  private static Set<String> uses(String written) {
    Set<String> known =
        Arrays.stream(Lint.Power.values()).map(Lint.Power::word).collect(Collectors.toSet());
    List<String> uses = words(written);
    if (!known.containsAll(uses)) {
      throw Problem.invalid("uses", "plugin-uses", written, String.join(", ", known));
    }
    return Set.copyOf(uses);
  }

  private static List<String> goals(String written) {
    List<String> goals = words(written);
    if (!GOALS.containsAll(goals)) {
      throw Problem.invalid("goals", "plugin-goals", written, String.join(", ", GOALS));
    }
    return goals;
  }

  /** What stands between commas, each once. */
  private static List<String> words(String written) {
    return Arrays.stream(written.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  private static List<PluginDependency> dependencies(String written) {
    List<PluginDependency> dependencies =
        words(written).stream().map(PluginDependency::new).toList();
    for (PluginDependency dependency : dependencies) {
      if (!ID.matcher(dependency.getPluginId()).matches()
          || !allows(dependency.getPluginVersionSupport(), SPI_VERSION).known()) {
        throw Problem.invalid("plugin.dependencies", "plugin-dependency", written);
      }
    }
    return dependencies;
  }

  private static boolean isVersion(String version) {
    try {
      return VERSIONS.compareVersions(version, version) == 0;
    } catch (RuntimeException _) {
      return false;
    }
  }

  /** A class of the host, or in a package of it, would run with the eyes of the host. */
  private static boolean isOfAPlugin(String name) {
    ClassLoader host = Manifest.class.getClassLoader();
    return CLASS.matcher(name).matches()
        && !OF_THE_HOST.matcher(name).matches()
        && host.getDefinedPackage(name.substring(0, name.lastIndexOf('.'))) == null
        && host.getResource(name.replace('.', '/') + ".class") == null;
  }

  /** Whether a version is within what is asked for; not known when what is asked cannot be read. */
  record Allowed(boolean known, boolean allowed) {}

  static Allowed allows(String asked, String version) {
    try {
      return new Allowed(true, asked.isEmpty() || VERSIONS.checkVersionConstraint(version, asked));
    } catch (RuntimeException _) {
      return new Allowed(false, false);
    }
  }
}
