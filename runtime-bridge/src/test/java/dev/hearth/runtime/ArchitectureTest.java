package dev.hearth.runtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package of the runtime may use which: the table that every new package must enter. */
class ArchitectureTest {
  private static final String ROOT = "dev.hearth.runtime";

  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("function", Set.of()),
          entry("event", Set.of("function")),
          entry("http", Set.of()),
          entry("language", Set.of("function")),
          entry("sandbox", Set.of("function")),
          entry("trace", Set.of("event")),
          entry("environment", Set.of("function", "event", "language", "sandbox", "http", "trace")),
          entry("invoke", Set.of("function", "event", "environment")),
          entry("cost", Set.of("function")),
          entry("service", Set.of("function", "event", "invoke", "http")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatTheTableAllows(String name) {
    onlyUses(name, MAY_USE.get(name)).check(CLASSES);
  }

  @Test
  void everyPackageIsInTheTable() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .allSatisfy(
            name ->
                assertThat(name.equals(ROOT) || MAY_USE.containsKey(topLevel(name)))
                    .as("%s has a row in MAY_USE", name)
                    .isTrue());
  }

  @Test
  void aRuleBites() {
    assertThat(onlyUses("environment", Set.of("function")).evaluate(CLASSES).hasViolation())
        .isTrue();
  }

  @Test
  void knowsNoUserInterfaceAndNoDatabase() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "javafx..",
                "java.awt..",
                "javax.swing..",
                "java.sql..",
                "org.sqlite..",
                "dev.hearth.app..",
                "dev.hearth.resources.."))
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static ArchRule onlyUses(String name, Set<String> allowed) {
    String[] forbidden =
        Stream.concat(
                Stream.of(ROOT),
                MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(other -> ROOT + "." + other + ".."))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(forbidden));
  }

  private static String topLevel(String packageName) {
    return packageName.substring(ROOT.length() + 1).split("\\.", 2)[0];
  }
}
