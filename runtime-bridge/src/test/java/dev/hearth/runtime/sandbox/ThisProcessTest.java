package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  @Test
  @EnabledOnOs(OS.LINUX)
  void threadsOfANameYield() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Path> own = new CompletableFuture<>();
    Thread yielding =
        Thread.ofPlatform()
            .daemon()
            .name("yielding")
            .start(
                () -> {
                  own.complete(ownFolder());
                  awaitEnd(end);
                });
    try {
      Path folder = own.get(100, TimeUnit.SECONDS);
      Path other = ownFolder();
      int before = nice(other);
      ThisProcess.yieldThreads("yieldin", 19);
      assertThat(nice(folder)).isEqualTo(19);
      assertThat(nice(other)).isEqualTo(before);
    } finally {
      end.countDown();
      yielding.join();
    }
  }

  private static Path ownFolder() {
    try {
      return Path.of("/proc/thread-self").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The 19th field of stat; the name before may have spaces. */
  private static int nice(Path thread) throws IOException {
    String stat = Files.readString(thread.resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }
}
