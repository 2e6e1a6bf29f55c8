package dev.hearth.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package of the program may use which, and where windows, SQL and threads are at home. */
class ArchitectureTest {
  private static final String ROOT = "dev.hearth.app";

  /** The composition root, which is no row here, may use everything and is used by nothing. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("project", Set.of()),
          entry("store", Set.of("project")),
          entry("state", Set.of("project")),
          entry("action", Set.of()),
          entry("task", Set.of("project")),
          entry("service", Set.of("project", "store", "state", "task")),
          entry("cli", Set.of("project", "service")),
          entry("ui", Set.of("project", "service", "state", "action", "task")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  /** The kit, the shell and every panel. */
  static Stream<String> userInterfaces() {
    return CLASSES.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(ROOT + ".ui."))
        .map(name -> topLevel(ROOT + ".ui", name))
        .distinct()
        .sorted();
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
                assertThat(name.equals(ROOT) || MAY_USE.containsKey(topLevel(ROOT, name)))
                    .as("%s has a row in MAY_USE", name)
                    .isTrue());
  }

  @Test
  void aRuleBites() {
    assertThat(onlyUses("cli", Set.of()).evaluate(CLASSES).hasViolation()).isTrue();
  }

  @Test
  void hasNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("userInterfaces")
  void panelsMeetOnlyInTheKit(String name) {
    String own = ROOT + ".ui." + name + "..";
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".ui..").and(resideOutsideOfPackages(own, ROOT + ".ui.kit..")))
        .check(CLASSES);
  }

  @Test
  void theKitAndTheShellAreFound() {
    assertThat(userInterfaces()).contains("kit", "shell");
  }

  @Test
  void onlyTheUserInterfaceKnowsTheSceneGraph() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".ui..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.css.."))
        .check(CLASSES);
  }

  @Test
  void theCommandLineAndAllUnderItKnowNoJavaFx() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".cli..", ROOT + ".service..", ROOT + ".store..", ROOT + ".project..")
        .should()
        .dependOnClassesThat(resideInAPackage("javafx.."))
        .check(CLASSES);
  }

  @Test
  void stateAndActionsKnowOnlyProperties() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".state..", ROOT + ".action..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("javafx..")
                .and(
                    resideOutsideOfPackages(
                        "javafx.beans..",
                        "javafx.collections..",
                        "javafx.event..",
                        "javafx.util..")))
        .check(CLASSES);
  }

  @Test
  void onlyTheStoreKnowsSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".store..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite.."))
        .check(CLASSES);
  }

  @Test
  void theEngineIsReachedThroughServices() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".ui..",
            ROOT + ".state..",
            ROOT + ".action..",
            ROOT + ".task..",
            ROOT + ".project..",
            ROOT + ".store..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "dev.hearth.runtime",
                "dev.hearth.runtime.environment..",
                "dev.hearth.runtime.invoke..",
                "dev.hearth.runtime.sandbox..",
                "dev.hearth.runtime.http..",
                "dev.hearth.runtime.service.."))
        .check(CLASSES);
  }

  @Test
  void threadsAndTheWayBackToTheWindowAreInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".task..")
        .and(areNotTheWriter())
        .should()
        .callCodeUnitWhere(startsAThread())
        .orShould()
        .callMethod("javafx.application.Platform", "runLater", "java.lang.Runnable")
        .check(CLASSES);
  }

  /** The store's one thread that writes: it must live without the window. */
  private static DescribedPredicate<JavaClass> areNotTheWriter() {
    return describe(
        "are not the history writer", c -> !c.getName().startsWith(ROOT + ".store.HistoryWriter"));
  }

  private static DescribedPredicate<JavaCodeUnitAccess<?>> startsAThread() {
    Set<String> starters = Set.of("<init>", "ofVirtual", "ofPlatform", "startVirtualThread");
    return describe(
        "starts a thread",
        call ->
            call.getTargetOwner().isAssignableTo(Thread.class)
                && starters.contains(call.getTarget().getName()));
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

  private static String topLevel(String parent, String packageName) {
    return packageName.substring(parent.length() + 1).split("\\.", 2)[0];
  }
}
