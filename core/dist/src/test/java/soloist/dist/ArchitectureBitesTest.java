package soloist.dist;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks each rule of {@link ArchitectureTest} once, so that none passes because it sees nothing.
 */
final class ArchitectureBitesTest {

  /** Per rule a class that it must refuse. */
  private static final Map<String, String> OFFENDERS =
      Map.ofEntries(
          entry(
              "packagesAreNamedAsTheBusinessSaysIt",
              "package soloist.segment.util; class Strings {}"),
          entry(
              "capabilitiesUseTheGroundAndWhatIsToTheirLeft",
              "package soloist.identity; class Early { soloist.tracking.Click right; }"),
          entry(
              "pluginsSeeNothingButTheSpiAndTheAlgorithms",
              "package dove; class Dove { soloist.tracking.Click core; }"),
          entry(
              "theSpiNeedsTheJdkAndPf4jOnly",
              "package soloist.spi; class Leak { io.vertx.core.Vertx vertx; }"),
          entry(
              "theRulesNeedTheSpiAndDroolsOnly",
              "package soloist.rules.condition; class Leak { org.bson.Document document; }"),
          entry(
              "everyAddressIsDeclaredInTopics",
              "package soloist.segment; class Own { Object o = new soloist.bus.Topic(); }"),
          entry(
              "onlyTheBusPackageNamesAddresses",
              "package soloist.segment; class Address { void say(io.vertx.core.Vertx vertx) {"
                  + " vertx.eventBus().publish(\"segments.changed\", 1); } }"),
          entry(
              "mailIsSpokenByPluginsAndTheTestkitOnly",
              "package soloist.delivery; class Mail { jakarta.mail.Message mail; }"),
          entry(
              "theStandInForMongoDbIsKnownToTheEmbeddedStoreOnly",
              "package soloist; class Own { de.bwaldvogel.mongo.MongoServer own; }"),
          entry(
              "nothingTurnsTextIntoCodeOrQueries",
              "package soloist.segment; class Query {"
                  + " Object query(String text) { return org.bson.Document.parse(text); } }"),
          entry(
              "onlyTheOutsideStartsProcesses",
              "package soloist.job; class Run { Object o = new ProcessBuilder(\"ls\"); }"),
          entry(
              "timeComesFromAClockThatIsHandedIn",
              "package soloist.job; class Now { Object o = java.time.Instant.now(); }"),
          entry(
              "lanesNeverAwait",
              "package soloist.lane; class Wait {"
                  + " Object wait(io.vertx.core.Future<String> future) { return future.await(); } }"),
          entry(
              "onlyTheOutsidePrints",
              "package soloist.job; class Loud { void say() { System.out.println(); } }"));

  /** What the offenders lean on; no rule is asked about it. */
  private static final List<String> LEANED_ON =
      List.of(
          "package soloist.tracking; public class Click {}",
          "package soloist.bus; public class Topic { public Topic() {} }");

  private static final Pattern NAMES = Pattern.compile("package (\\S+);.*? class (\\w+)");

  @TempDir static Path tree;

  private static JavaClasses offenders;

  /** One run of javac for the program and one for the plugins, since each run takes a second. */
  @BeforeAll
  static void compileTheOffenders() throws IOException {
    Path program = tree.resolve("core/target/classes");
    Path plugin = tree.resolve("plugins/channel-dove/target/classes");
    Map<Boolean, List<String>> sources =
        OFFENDERS.values().stream()
            .collect(Collectors.partitioningBy(source -> source.startsWith("package dove")));
    compile(program, Stream.concat(LEANED_ON.stream(), sources.get(false).stream()).toList());
    compile(plugin, sources.get(true));
    offenders = new ClassFileImporter().importPaths(program, plugin);
  }

  @TestFactory
  Stream<DynamicTest> eachRuleRefusesItsOffender() {
    return rules()
        .map(
            rule ->
                dynamicTest(
                    rule.getName(),
                    () -> {
                      String offender = className(OFFENDERS.get(rule.getName()));

                      var result = ((ArchRule) rule.get(null)).evaluate(offenders);

                      String report = result.getFailureReport().toString();
                      assertTrue(report.contains(offender), offender + " passed: " + report);
                    }));
  }

  @Test
  void noRuleIsWithoutAnOffender() {
    assertEquals(
        rules().map(Field::getName).collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(OFFENDERS.keySet()));
  }

  private static Stream<Field> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(ArchTest.class));
  }

  private static void compile(Path classes, List<String> sources) throws IOException {
    String path = System.getProperty("java.class.path") + ":" + tree.resolve("core/target/classes");
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "-cp", path, "-d", Files.createDirectories(classes).toString()));
    for (String source : sources) {
      Path file = tree.resolve("source").resolve(className(source).replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
      arguments.add(file.toString());
    }
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, exit);
  }

  private static String className(String source) {
    Matcher names = NAMES.matcher(source);
    assertTrue(names.find(), source);
    return names.group(1) + "." + names.group(2);
  }
}
