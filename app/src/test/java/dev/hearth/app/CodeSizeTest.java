package dev.hearth.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the sources of all modules to a size that one reader can keep in mind. */
class CodeSizeTest {
  private static final int LINES = 500;
  private static final int PARAMETERS = 5;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hearth");

  @Test
  void noSourceIsTooLong() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (String module : List.of("runtime-bridge", "ui-resources", "app")) {
      List<Path> sources = javaSources(Path.of("..", module, "src"));
      assertThat(sources).as("sources of %s", module).isNotEmpty();
      for (Path source : sources) {
        long lines = Files.readAllLines(source).size();
        if (lines > LINES) {
          tooLong.add(source + ": " + lines + " lines");
        }
      }
    }
    assertThat(tooLong).as("sources of more than %s lines", LINES).isEmpty();
  }

  @Test
  void noConstructorTakesTooMuch() {
    constructors()
        .that()
        .areDeclaredInClassesThat()
        .areNotRecords()
        .and()
        .areDeclaredInClassesThat()
        .areNotAnonymousClasses()
        .and()
        .areDeclaredInClassesThat()
        .areNotLocalClasses()
        .should(takeAtMost(PARAMETERS))
        .check(CLASSES);
  }

  @Test
  void theConstructorRuleBites() {
    assertThat(constructors().should(takeAtMost(0)).evaluate(CLASSES).hasViolation()).isTrue();
  }

  private static ArchCondition<JavaConstructor> takeAtMost(int parameters) {
    return new ArchCondition<>("take at most " + parameters + " parameters") {
      @Override
      public void check(JavaConstructor constructor, ConditionEvents events) {
        int count = constructor.getRawParameterTypes().size() - hidden(constructor.getOwner());
        String message = constructor.getFullName() + " takes " + count + " parameters";
        events.add(new SimpleConditionEvent(constructor, count <= parameters, message));
      }
    };
  }

  /** Parameters that the compiler adds: an enum constant's name and ordinal, an inner's outer. */
  private static int hidden(JavaClass owner) {
    if (owner.isEnum()) {
      return 2;
    }
    return owner.isInnerClass() ? 1 : 0;
  }

  private static List<Path> javaSources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
