package soloist.dist;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of the house, their order, and where their classes lie. */
final class House {

  /** Used by every capability; none of them knows a capability. */
  private static final Set<String> GROUND =
      Set.of("bus", "config", "http", "store", "plugin", "job", "security", "lane");

  /** Each may use those to its left. */
  private static final List<String> CAPABILITIES =
      List.of(
          "identity",
          "ingest",
          "profile",
          "segment",
          "privacy",
          "imports",
          "content",
          "campaign",
          "delivery",
          "tracking",
          "profiling",
          "affiliate",
          "analytics");

  /**
   * Modules and packages that start, drive or imitate the program and so may see what they need.
   */
  private static final Set<String> OUTSIDE =
      Set.of("", "cli", "embedded", "testkit", "bench", "dist");

  private static final Pattern PLUGIN = Pattern.compile("/plugins/([^/]+)/");
  private static final Path TREE = tree();

  static List<String> filesLongerThan(int limit) {
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          TREE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean skip =
                  Set.of("target", "node_modules", "generated", ".git")
                      .contains(folder.getFileName().toString());
              return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.toString().matches(".*\\.(java|ts|vue|js|mjs)")) {
                int lines = Files.readAllLines(file).size();
                if (lines > limit) {
                  found.add(TREE.relativize(file) + " has " + lines + " lines");
                }
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  static boolean mayUse(JavaClass from, JavaClass to) {
    String user = part(from);
    String used = part(to);
    if (isPlugin(to)) {
      return false;
    }
    if (user.equals(used)) {
      return true;
    }
    // What learns knows numbers only, but for its words; it comes with the plugins that use it.
    if (user.equals("learning")) {
      return used.equals("spi") && from.getPackageName().equals("soloist.learning.words");
    }
    if (used.equals("learning")) {
      return user.equals("bench");
    }
    if (used.equals("spi")) {
      return true;
    }
    return switch (user) {
      case "", "cli", "bench", "dist" -> true;
      case "spi", "rules", "embedded" -> false;
      case "testkit" -> used.equals("rules");
      default -> used.equals("rules") || GROUND.contains(used) || isLeftOf(used, user);
    };
  }

  private static boolean isLeftOf(String left, String right) {
    return CAPABILITIES.contains(left) && CAPABILITIES.indexOf(left) < CAPABILITIES.indexOf(right);
  }

  /** The part of the house: {@code segment} of {@code soloist.segment.index}, empty of the root. */
  static String part(JavaClass type) {
    String[] names = type.getPackageName().split("\\.", -1);
    return names.length > 1 ? names[1] : "";
  }

  static boolean isOurs(JavaClass type) {
    return resideInAPackage("soloist..").test(type);
  }

  static boolean isInside(JavaClass type) {
    return !OUTSIDE.contains(part(type));
  }

  static boolean isPlugin(JavaClass type) {
    return !plugin(type).isEmpty();
  }

  static String plugin(JavaClass type) {
    Matcher folder =
        PLUGIN.matcher(type.getSource().map(source -> source.getUri().toString()).orElse(""));
    return folder.find() ? folder.group(1) : "";
  }

  private static Path tree() {
    Path folder = Path.of("").toAbsolutePath();
    while (Files.notExists(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static int modulesWithSources() {
    return (int)
        modules().filter(module -> Files.isDirectory(module.resolve("src/main/java"))).count();
  }

  private static Stream<Path> modules() {
    List<Path> modules = new ArrayList<>();
    for (Path folder : List.of(TREE, TREE.resolve("core"), TREE.resolve("plugins"))) {
      try (Stream<Path> found = Files.list(folder)) {
        found.filter(module -> Files.exists(module.resolve("pom.xml"))).forEach(modules::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return modules.stream();
  }

  /** The main classes of every module, plugins included, which no class path brings together. */
  static final class MainClasses implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> test) {
      return modules()
          .map(module -> module.resolve("target/classes"))
          .filter(classes -> Files.isDirectory(classes) && hasSources(classes))
          .map(Location::of)
          .collect(toSet());
    }

    private static boolean hasSources(Path classes) {
      return Files.isDirectory(classes.resolve("../../src/main/java"));
    }
  }
}
