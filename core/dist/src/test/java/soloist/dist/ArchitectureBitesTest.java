package soloist.dist;

import static com.tngtech.archunit.core.importer.Location.of;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks each rule of {@link ArchitectureTest} once, so that none passes because it sees nothing.
 */
final class ArchitectureBitesTest {

  /** Per rule a class that must be refused; what stands before the colon is the module's folder. */
  private static final Map<String, String> OFFENDERS =
      Map.ofEntries(
          entry(
              "packagesAreNamedAsTheBusinessSaysIt",
              "core/server: package soloist.segment.util; class Strings {}"),
          entry(
              "capabilitiesUseTheGroundAndWhatIsToTheirLeft",
              "core/server: package soloist.identity; class Early { soloist.tracking.Click right; }"),
          entry(
              "pluginsSeeNothingButTheSpi",
              "plugins/channel-dove: package dove; class Dove { soloist.tracking.Click core; }"),
          entry(
              "theSpiNeedsTheJdkAndPf4jOnly",
              "core/spi: package soloist.spi; class Leak { io.vertx.core.Vertx vertx; }"),
          entry(
              "theRulesNeedTheSpiAndDroolsOnly",
              "rules: package soloist.rules.condition; class Leak { org.bson.Document document; }"),
          entry(
              "everyAddressIsDeclaredInTopics",
              "core/server: package soloist.segment; class Own { Object o = new soloist.bus.Topic(); }"),
          entry(
              "onlyTheBusPackageNamesAddresses",
              "core/server: package soloist.segment; class Own { void say(io.vertx.core.Vertx vertx) {"
                  + " vertx.eventBus().publish(\"segments.changed\", 1); } }"),
          entry(
              "mailIsSpokenByPluginsAndTheTestkitOnly",
              "core/server: package soloist.delivery; class Mail { jakarta.mail.Message mail; }"),
          entry(
              "theStandInForMongoDbIsStartedFromTheRootOnly",
              "core/server: package soloist.store; class Own { de.bwaldvogel.mongo.MongoServer own; }"),
          entry(
              "nothingTurnsTextIntoCodeOrQueries",
              "core/server: package soloist.segment; class Query {"
                  + " Object query(String text) { return org.bson.Document.parse(text); } }"),
          entry(
              "onlyTheOutsideStartsProcesses",
              "core/server: package soloist.job; class Run { Object o = new ProcessBuilder(\"ls\"); }"),
          entry(
              "timeComesFromAClockThatIsHandedIn",
              "core/server: package soloist.job; class Now { Object o = java.time.Instant.now(); }"),
          entry(
              "lanesNeverAwait",
              "core/server: package soloist.lane; class Wait {"
                  + " Object wait(io.vertx.core.Future<String> future) { return future.await(); } }"),
          entry(
              "onlyTheOutsidePrints",
              "core/server: package soloist.job; class Loud { void say() { System.out.println(); } }"));

  /** What the offenders lean on, in folders that no rule looks at. */
  private static final String LEANED_ON =
      "package soloist.tracking; public class Click {}"
          + "package soloist.bus; public class Topic { public Topic() {} }";

  @TempDir Path tree;

  @TestFactory
  List<DynamicTest> eachRuleRefusesItsOffender() throws Exception {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(ArchTest.class))
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.getName(),
                    () -> {
                      JavaClasses classes = compiled(OFFENDERS.get(field.getName()));

                      var result = ((ArchRule) field.get(null)).evaluate(classes);

                      assertTrue(result.hasViolation(), "did not refuse its offender");
                    }))
        .toList();
  }

  @Test
  void noRuleIsWithoutAnOffender() {
    var rules = new TreeSet<String>();
    for (var field : ArchitectureTest.class.getDeclaredFields()) {
      if (field.isAnnotationPresent(ArchTest.class)) {
        rules.add(field.getName());
      }
    }

    assertEquals(rules, new TreeSet<>(OFFENDERS.keySet()));
  }

  private JavaClasses compiled(String offender) throws IOException {
    String[] parts = offender.split(": ", 2);
    Path classes = tree.resolve(parts[0]).resolve("target/classes");
    if (Files.notExists(tree.resolve("leaned-on"))) {
      compile(tree.resolve("leaned-on"), LEANED_ON.split("(?<=})(?=package)", -1));
    }
    compile(classes, parts[1]);
    return new ClassFileImporter().importLocations(List.of(of(classes)));
  }

  private void compile(Path classes, String... sources) throws IOException {
    Files.createDirectories(classes);
    for (String source : sources) {
      Path file = Files.createDirectories(tree.resolve("source")).resolve(name(source) + ".java");
      Files.writeString(file, source);
      String path = System.getProperty("java.class.path") + ":" + tree.resolve("leaned-on");
      int exit =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null, null, null, "-proc:none", "-cp", path, "-d", "" + classes, file.toString());
      assertEquals(0, exit, source);
    }
  }

  private static String name(String source) {
    return source.replaceFirst("(?s).*?class (\\w+).*", "$1");
  }
}
