package soloist.dist;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pf4j.Extension;

/**
 * The rules of the house that javac cannot hold. {@link ArchitectureBitesTest} breaks each of them.
 */
@AnalyzeClasses(locations = House.MainClasses.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesAreNamedAsTheBusinessSaysIt =
      noClasses()
          .should()
          .resideInAnyPackage(
              Stream.of("service", "impl", "model", "dto", "util", "common", "helper")
                  .map(name -> ".." + name + "..")
                  .toArray(String[]::new))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule capabilitiesUseTheGroundAndWhatIsToTheirLeft =
      classes()
          .that(
              describe("belong to the server", type -> House.isOurs(type) && !House.isPlugin(type)))
          .should(dependOnlyOn("the ground and what is to their left", House::mayUse))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pluginsSeeNothingButTheSpiAndTheAlgorithms =
      classes()
          .that(describe("belong to a plugin", House::isPlugin))
          .should(
              dependOnlyOn(
                  "the SPI, the algorithms and their own plugin",
                  (from, to) ->
                      Set.of("spi", "learning").contains(House.part(to))
                          || House.plugin(from).equals(House.plugin(to))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theSpiNeedsTheJdkAndPf4jOnly =
      classes()
          .that()
          .resideInAPackage("soloist.spi..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "org.pf4j..", "soloist.spi..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theRulesNeedTheSpiAndDroolsOnly =
      classes()
          .that()
          .resideInAPackage("soloist.rules..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.drools..",
              "org.kie..",
              "soloist.spi..",
              "soloist.rules..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule everyAddressIsDeclaredInTopics =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("soloist.bus.Topics")
          .should()
          .callConstructorWhere(call("new Topic", "soloist\\.bus\\.Topic\\.<init>\\(.*"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheBusPackageNamesAddresses =
      noClasses()
          .that()
          .resideOutsideOfPackages("soloist.bus..", "soloist.bench..")
          .should()
          .callMethodWhere(
              call(
                  "an address as a string",
                  "io\\.vertx\\.core\\.eventbus\\.EventBus\\.\\w+\\(java\\.lang\\.String.*"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule mailIsSpokenByPluginsAndTheTestkitOnly =
      noClasses()
          .that(
              describe(
                  "are neither plugin nor testkit",
                  type -> !House.isPlugin(type) && !House.part(type).equals("testkit")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theStandInForMongoDbIsKnownToTheEmbeddedStoreOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("soloist.embedded..", "soloist.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("de.bwaldvogel..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingTurnsTextIntoCodeOrQueries =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAPackage("javax.script..").or(type(ObjectInputStream.class)))
          .orShould()
          .callMethodWhere(
              call("a parsed query", "org\\.bson\\.(Bson|RawBson)?Document\\.parse\\(.*"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheOutsideStartsProcesses =
      noClasses()
          .that(describe("are part of what runs", House::isInside))
          .and()
          // Starts our own virtual machine with our own classes, to learn from large tables.
          .doNotHaveFullyQualifiedName("soloist.plugin.Workshop")
          .should()
          .callCodeUnitWhere(
              call("a process", "java\\.lang\\.(Runtime\\.exec|ProcessBuilder\\.<init>)\\(.*"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule timeComesFromAClockThatIsHandedIn =
      noClasses()
          .that(describe("are part of what runs", House::isInside))
          .and()
          // PF4J makes an extension without arguments: it alone chooses the machine's clock.
          .areNotAnnotatedWith(Extension.class)
          .should()
          .callMethodWhere(
              call(
                  "the machine's clock",
                  "java\\.lang\\.System\\.currentTimeMillis\\(\\)"
                      + "|java\\.time\\.\\w+\\.now\\((java\\.time\\.ZoneId)?\\)"
                      + "|java\\.time\\.Clock\\.(system|tick)\\w*\\(java\\.time\\.ZoneId\\)"
                      + "|java\\.time\\.Clock\\.systemUTC\\(\\)"))
          .orShould()
          .callConstructorWhere(call("the machine's clock", "java\\.util\\.Date\\.<init>\\(\\)"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule lanesNeverAwait =
      noClasses()
          .that()
          .resideInAPackage("soloist.lane..")
          .should()
          .callMethodWhere(call("await", "io\\.vertx\\.core\\.Future\\.await\\(.*"))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheOutsidePrints =
      noClasses()
          .that(describe("are part of what runs", House::isInside))
          .and()
          // The main class of that virtual machine: these are its pipes.
          .doNotHaveFullyQualifiedName("soloist.plugin.Apprentice")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .allowEmptyShould(true);

  @Test
  void theClassesOfEveryModuleAreSeen() {
    assertEquals(
        House.modulesWithSources(), new House.MainClasses().get(ArchitectureTest.class).size());
  }

  @Test
  void noFileIsLongerThan500Lines() {
    assertEquals(List.of(), House.filesLongerThan(500));
  }

  private static DescribedPredicate<JavaCall<?>> call(String what, String fullName) {
    Pattern pattern = Pattern.compile(fullName);
    return describe(
        what,
        call -> {
          CodeUnitCallTarget target = call.getTarget();
          return pattern.matcher(target.getFullName()).matches();
        });
  }

  interface Allowed {
    boolean test(JavaClass from, JavaClass to);
  }

  private static ArchCondition<JavaClass> dependOnlyOn(String what, Allowed allowed) {
    return new ArchCondition<>("depend, of ours, on " + what + " only") {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
          JavaClass to = dependency.getTargetClass().getBaseComponentType();
          if (House.isOurs(to) && !allowed.test(from, to)) {
            events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
          }
        }
      }
    };
  }
}
