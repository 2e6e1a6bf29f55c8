package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.RuntimeFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The archive for faster Java starts: made in the background, used by plans that are older. */
class JvmArchiveTest extends RuntimeContract {
  @Override
  RuntimeFamily family() {
    return RuntimeFamily.JAVA;
  }

  private static Path optionsOf(LaunchPlan plan) {
    return plan.command().stream()
        .filter(argument -> argument.startsWith("@"))
        .map(argument -> Path.of(argument.substring(1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(120)
  void isTrainedOnceAndTakenByPlansMadeBefore() throws Exception {
    file(
        "Seen.java",
        "public class Seen { public String run(String s) throws Exception { return"
            + " java.nio.file.Files.readString(java.nio.file.Path.of(\"/proc/self/maps\")).contains(s)"
            + " + \"\"; } }");
    try (LanguageRuntimes training =
        new LanguageRuntimes(folder.resolve("cache"), Machine.current(), true)) {
      String runtime = "java" + Math.min(25, Runtime.version().feature());
      LaunchPlan plan = training.forFamily(RuntimeFamily.JAVA).plan(function(runtime, "Seen::run"));
      Path options = optionsOf(plan);
      assertThat(options).isEmptyFile();
      assertThat(training.trained().get(110, TimeUnit.SECONDS)).isTrue();
      String text = Files.readString(options);
      assertThat(text).contains("Cache=").contains("-Xlog:");
      Path archive = Path.of(text.substring(text.indexOf('=') + 1, text.indexOf('"', 1)));
      assertThat(archive).isNotEmptyFile();
      try (RuntimeProcess process = start(runtime, "Seen::run")) {
        assertThat(invoke("\"" + archive.getFileName() + "\"").text())
            .as("the JVM has mapped the archive")
            .contains("true");
        assertThat(process.hasLog()).isFalse();
      }
      Files.write(archive, new byte[4096]);
      try (RuntimeProcess process = start(runtime, "Seen::run")) {
        assertThat(invoke("\"\"").text()).as("a broken archive breaks nothing").contains("true");
        assertThat(process.hasLog()).as("nor is it talked about in the log").isFalse();
      }
      Files.delete(archive);
      plan = training.forFamily(RuntimeFamily.JAVA).plan(function(runtime, "Seen::run"));
      assertThat(optionsOf(plan)).as("a lost archive is no longer named").isEmptyFile();
    }
  }
}
