package dev.hearth.runtime.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Processes through the JDK, for systems without a usable {@code posix_spawn}: macOS, Windows, and
 * C libraries that lack one of its extensions. Slower, and the process runs for a moment before it
 * is put into what the enclosure has for it.
 */
final class PortableLauncher implements Launcher {
  private final PortableSystem system;

  PortableLauncher(PortableSystem system) {
    this.system = system;
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
    ProcessBuilder builder =
        builder(
            enclosure.command(command, directory),
            enclosure.environment(environment),
            enclosure.directory(directory));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new StartFailedException(command.getFirst(), String.valueOf(e.getMessage()));
    }
    long startedNanos = System.nanoTime();
    var started =
        new PortableProcess(process, startedNanos, enclosure, control(process, enclosure));
    listener.started(started);
    process.onExit().thenAccept(ended -> started.ended(ended.exitValue(), listener));
    return started;
  }

  private GroupControl control(Process process, Enclosure enclosure) throws IOException {
    try {
      GroupControl adopted = enclosure.adopt(process);
      return adopted == null ? system.control(process) : adopted;
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private ProcessBuilder builder(
      List<String> command, Map<String, String> environment, Path directory) {
    ProcessBuilder builder =
        new ProcessBuilder(system.command(command)).directory(directory.toFile());
    builder.redirectInput(new File(system.nullDevice()));
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
