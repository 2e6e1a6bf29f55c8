package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.sandbox.ExitStatus;
import dev.hearth.runtime.sandbox.ProcessSpec;
import dev.hearth.runtime.sandbox.SandboxedProcess;
import dev.hearth.runtime.sandbox.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The external extensions of one environment: every file in {@code /opt/extensions}. */
final class ExtensionProcesses {
  private static final String DISABLED = "disable-extensions-jwigqn8j";

  /** What extensions get to shut down (lifecycle.md section 1). */
  private static final long EXTERNAL_SHUTDOWN_NANOS = 2_000_000_000L;

  private static final long INTERNAL_SHUTDOWN_NANOS = 500_000_000L;

  /** The part of that time that the runtime may use, in percent (runtime-api.md section 4). */
  private static final int RUNTIME_SHARE = 30;

  private final EnvironmentSettings settings;
  private final EnvironmentLog log;
  private final ExtensionsApi api;
  private final ProcessGroup group;
  private final List<Running> running = new ArrayList<>();

  private record Running(
      Extension extension, SandboxedProcess process, LogPump stdout, LogPump stderr) {
    boolean hasEnded() {
      return process.onExit().isDone();
    }
  }

  /** Hears of the end of an extension's process. */
  interface Listener {
    void exited(String extension, ExitStatus status);
  }

  ExtensionProcesses(
      EnvironmentSettings settings, EnvironmentLog log, ExtensionsApi api, ProcessGroup group) {
    this.settings = settings;
    this.log = log;
    this.api = api;
    this.group = group;
  }

  /**
   * Starts them all, in the order of their names.
   *
   * @param specs how to start a program
   * @return how it failed; null when all run
   */
  InitOutcome.@Nullable ExtensionFailed start(
      Function<Path, ProcessSpec> specs, Listener listener) {
    Path opt = settings.plan().opt();
    if (opt == null) {
      return null;
    }
    if (Files.exists(opt.resolve(DISABLED))) {
      api.switchOff();
      return null;
    }
    for (Path program : programs(opt.resolve("extensions"))) {
      Extension extension = api.launch(program.getFileName().toString());
      if (api.all().size() > ExtensionsApi.MAX_EXTENSIONS) {
        api.launchFailed(extension, "TooManyExtensions");
        return failed("Extension limit (" + ExtensionsApi.MAX_EXTENSIONS + ") reached");
      }
      try {
        start(extension, specs.apply(program), listener);
      } catch (IOException e) {
        api.launchFailed(extension, "PermissionDenied");
        String reason = e instanceof StartFailedException refused ? refused.reason() : e.toString();
        return failed("fork/exec /opt/extensions/" + extension.name + ": " + reason);
      }
    }
    return null;
  }

  private static InitOutcome.ExtensionFailed failed(String text) {
    return new InitOutcome.ExtensionFailed("Extension.LaunchError", text);
  }

  private static List<Path> programs(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !Files.isDirectory(file)).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The extensions in " + folder + " can't be listed", e);
    }
  }

  private void start(Extension extension, ProcessSpec spec, Listener listener) throws IOException {
    EnvironmentSettings.Shared shared = settings.shared();
    SandboxedProcess process = shared.sandbox().start(spec);
    group.add(process);
    LogPump stdout = new LogPump(process.stdout(), LogStream.EXTENSION, log);
    LogPump stderr = new LogPump(process.stderr(), LogStream.EXTENSION, log);
    shared.threads().execute(stdout);
    shared.threads().execute(stderr);
    synchronized (this) {
      running.add(new Running(extension, process, stdout, stderr));
    }
    Thread.ofVirtual()
        .name("extension-exit")
        .start(() -> listener.exited(extension.name, process.onExit().join()));
  }

  private synchronized List<Running> all() {
    return List.copyOf(running);
  }

  private boolean any() {
    return !all().isEmpty();
  }

  void drainOutput(long nanos) {
    for (Running one : all()) {
      one.stdout().drain(nanos);
      one.stderr().drain(nanos);
    }
  }

  /**
   * Ends the runtime by a signal that it may hear, then tells those who asked for it that the
   * environment ends, waits for them, and kills whoever is left (runtime-api.md section 4).
   *
   * @param runtime null when it was never started
   * @param beforeGoodbye what extensions are to have received before they are told
   */
  void shutDown(String reason, @Nullable RuntimeProcess runtime, Runnable beforeGoodbye) {
    long budget = any() ? EXTERNAL_SHUTDOWN_NANOS : INTERNAL_SHUTDOWN_NANOS;
    long begin = System.nanoTime();
    if (runtime != null) {
      runtime.process().terminate();
      runtime.awaitExit(budget * RUNTIME_SHARE / 100);
      runtime.process().kill();
    }
    beforeGoodbye.run();
    shutDown(reason, begin + budget);
  }

  private void shutDown(String reason, long deadlineNanos) {
    long left = Math.max(0, deadlineNanos - System.nanoTime());
    List<Running> waitFor = new ArrayList<>();
    for (Running one : all()) {
      if (one.extension().wants(Extension.Event.SHUTDOWN) && !one.hasEnded()) {
        one.process().thaw();
        waitFor.add(one);
      } else {
        one.process().kill();
      }
    }
    api.shutDown(reason, System.currentTimeMillis() + left / 1_000_000);
    for (Running one : waitFor) {
      await(one, deadlineNanos);
    }
    kill();
  }

  private static void await(Running one, long deadlineNanos) {
    try {
      one.process()
          .onExit()
          .get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      one.process().kill();
    }
  }

  void kill() {
    all().forEach(one -> one.process().kill());
  }

  /** Reads the rest of what they printed. */
  void awaitOutputEnd(long nanos) {
    for (Running one : all()) {
      one.stdout().awaitEnd(nanos);
      one.stderr().awaitEnd(nanos);
    }
  }
}
