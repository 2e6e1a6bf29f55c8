package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class ThisProcessTest {
  /** The program that is ended. */
  static final class Program {
    public static void main(String[] arguments) {
      System.out.println("flushed");
      ThisProcess.end(7);
    }
  }

  @Test
  void endsWithTheExitCodeAndKeepsWhatWasFlushed() throws Exception {
    String classPath =
        Stream.of(ThisProcess.class, Program.class, Logger.class)
            .map(needed -> needed.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(File.pathSeparator));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(program.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isEqualTo(7);
    assertThat(output).startsWith("flushed");
  }
}
