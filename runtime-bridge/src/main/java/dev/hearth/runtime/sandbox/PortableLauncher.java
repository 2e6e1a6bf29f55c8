package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processes through the JDK, for systems without a usable {@code posix_spawn}: macOS, Windows, and
 * C libraries that lack one of its extensions. Slower, and best effort where the system gives no
 * more: without {@code setsid} there is no group, so only descendants that the JDK can see are
 * signalled; Windows can't freeze; an exit code above 128 is taken for a signal.
 */
final class PortableLauncher implements Launcher {
  private static final Path NULL_DEVICE =
      Path.of(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");

  private final @Nullable Signals signals = Signals.ofThisSystem().orElse(null);
  private final @Nullable String setsid =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .filter(file -> Files.isExecutable(Path.of(file)))
          .findFirst()
          .orElse(null);
  private final @Nullable IntFunction<List<Integer>> session;

  /**
   * @param session who belongs to a session, or null where there is no /proc to measure by
   */
  PortableLauncher(@Nullable IntFunction<List<Integer>> session) {
    this.session = session;
  }

  @Override
  public Launched launch(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Enclosure enclosure,
      Listener listener)
      throws IOException {
    Executables.check(command.getFirst(), directory);
    ProcessBuilder builder = builder(command, environment, directory);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new StartFailedException(command.getFirst(), String.valueOf(e.getMessage()));
    }
    long startedNanos = System.nanoTime();
    boolean grouped = setsid != null && signals != null;
    var started =
        new PortableProcess(
            process,
            startedNanos,
            new PortableProcess.Means(signals, grouped),
            session == null ? null : new GroupMeter((int) process.pid(), session, null));
    listener.started(started);
    process.onExit().thenAccept(ended -> started.ended(ended.exitValue(), listener));
    return started;
  }

  private ProcessBuilder builder(
      List<String> command, Map<String, String> environment, Path directory) {
    List<String> whole = new ArrayList<>(command);
    if (setsid != null) {
      whole.addFirst(setsid);
    }
    ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile());
    builder.redirectInput(NULL_DEVICE.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  @Override
  public OutputStream startHelper(List<String> command) throws IOException {
    return builder(command, Map.of("PATH", "/usr/bin:/bin"), Path.of("/"))
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .getOutputStream();
  }

  @Override
  public void close() {
    // The JDK's own threads do all the work.
  }
}
