package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of the means when Hearth is started by somebody without rights, as it usually is.
 * Only root can become somebody else, so others see it in all the other tests.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class OrdinaryUserTest {
  private static final String NOBODY = "65534";

  @TempDir Path folder;

  private List<String> run() throws Exception {
    assumeTrue(
        Files.isWritable(Path.of("/proc/sys/kernel/panic")), "only root can become somebody else");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.setAttribute(own, "unix:uid", Integer.valueOf(NOBODY));
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                readableClassPath(),
                OrdinaryProgram.class.getName(),
                own.toString()));
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      String text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(program.waitFor(100, TimeUnit.SECONDS)).isTrue();
      return text.lines().toList();
    } finally {
      program.destroyForcibly();
    }
  }

  /** Classes may lie in a home that others can't read. */
  private String readableClassPath() throws Exception {
    List<String> entries = new ArrayList<>();
    for (Class<?> needed :
        List.of(Sandboxes.class, OrdinaryProgram.class, org.slf4j.Logger.class)) {
      Path from = Path.of(needed.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path to = folder.resolve("classes" + entries.size());
      if (Files.isDirectory(from)) {
        copy(from.resolve("dev/hearth/runtime/sandbox"), to.resolve("dev/hearth/runtime/sandbox"));
      } else {
        Files.copy(from, to);
      }
      entries.add(to.toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void whatNeedsNoRightsWorksAndTheRestIsNamed() throws Exception {
    List<String> lines = run();

    String means = lines.get(0);
    String missing = lines.get(1);
    assertThat(means).doesNotContain("namespaces").doesNotContain("cgroup v1");
    assertThat(lines).contains("1024", "done", "exit: Exited[code=0]");
    if (!means.contains("cgroup")) {
      assertThat(missing).containsIgnoringCase("the CPU share is kept by stopping and continuing");
      assertThat(missing).containsIgnoringCase("memory is checked every 10 ms");
    }
    if (means.contains("bubblewrap")) {
      assertThat(lines)
          .contains("1048576")
          .anyMatch(line -> line.contains("stranger: No such file or directory"))
          .anyMatch(line -> line.contains("No space left on device"))
          .anyMatch(line -> line.contains("/var/task/new: Read-only file system"));
    } else {
      assertThat(missing).contains("files").contains("size of /tmp");
    }
  }
}
