package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.language.InterpreterDiscovery.Found;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterChoiceTest {
  private static Found found(RuntimeIdentifier runtime, String versions) {
    var interpreters =
        Arrays.stream(versions.isBlank() ? new String[0] : versions.split(" "))
            .map(v -> new Interpreter(runtime.family(), v, Path.of("/bin/" + v), "pyenv"))
            .toList();
    return new Found(interpreters, null);
  }

  @ParameterizedTest
  @CsvSource({
    "python3.12, 3.13.0 3.12.1 3.11.7, 3.12.1",
    "python3.12, 3.13.0 3.11.7, 3.13.0",
    "python3.12, 3.11.7 3.9.18, 3.11.7",
    "python3.7, 3.13.0 3.8.18 3.6.15, 3.8.18",
    "python3.12, 3.12.9 3.12.10, 3.12.10",
    "nodejs22.x, 24.1.0 20.2.0, 24.1.0",
    "nodejs22.x, 22.1.0 22.12.0, 22.12.0",
    "java17, 25.0.3 21.0.1, 21.0.1",
    "java21, 25.0.3 17.0.15, 25.0.3",
    "java25, 21.0.1 17.0.15, 21.0.1",
  })
  void choosesTheNearest(String runtime, String versions, String expected) throws Exception {
    RuntimeIdentifier wanted = RuntimeIdentifier.parse(runtime);
    InterpreterChoice choice = InterpreterChoice.choose(wanted, found(wanted, versions));
    assertThat(choice.interpreter().version()).isEqualTo(expected);
  }

  @Test
  void prefersTheOneOnPathAmongTheSameVersion() throws Exception {
    RuntimeIdentifier wanted = RuntimeIdentifier.parse("python3.11");
    Found found = new Found(found(wanted, "3.11.9 3.11.2").interpreters(), Path.of("/bin/3.11.2"));
    assertThat(InterpreterChoice.choose(wanted, found).interpreter().version()).isEqualTo("3.11.2");
    assertThat(InterpreterChoice.choose(wanted, found).note()).isNull();
  }

  @Test
  void saysWhatRunsInsteadAndWhatToInstall() throws Exception {
    RuntimeIdentifier python = RuntimeIdentifier.parse("python3.12");
    assertThat(InterpreterChoice.choose(python, found(python, "3.11.7")).note())
        .isEqualTo(
            "python3.12 asked for, running 3.11.7 (pyenv): install 3.12 for the same version");
    RuntimeIdentifier java = RuntimeIdentifier.parse("java21");
    assertThat(InterpreterChoice.choose(java, found(java, "25.0.3")).note())
        .endsWith("install Java 21 for the same version");
  }

  @Test
  void aMissingInterpreterNamesTheWayOut() {
    RuntimeIdentifier python = RuntimeIdentifier.parse("python3.12");
    assertThatThrownBy(() -> InterpreterChoice.choose(python, found(python, "")))
        .isInstanceOf(RuntimeUnavailableException.class)
        .hasMessageStartingWith(
            "python3.12 needs Python, and none was found on this machine. Install")
        .hasMessageContaining("pyenv install 3.12");
    assertThatThrownBy(() -> InterpreterChoice.choose(python, found(python, "3.7.16")))
        .hasMessageContaining("3.7.16 (pyenv) is the newest, Hearth needs 3.8 or later");
  }
}
