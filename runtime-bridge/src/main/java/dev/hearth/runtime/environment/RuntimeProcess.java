package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.sandbox.ExitStatus;
import dev.hearth.runtime.sandbox.ProcessSpec;
import dev.hearth.runtime.sandbox.SandboxedProcess;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtime's process with its output. */
record RuntimeProcess(SandboxedProcess process, LogPump stdout, LogPump stderr) {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeProcess.class);

  /**
   * @throws IOException when the program could not be started
   */
  static RuntimeProcess start(EnvironmentSettings settings, EnvironmentLog log, ProcessSpec spec)
      throws IOException {
    EnvironmentSettings.Shared shared = settings.shared();
    SandboxedProcess process = shared.sandbox().start(spec);
    LogPump stdout = new LogPump(process.stdout(), LogStream.STDOUT, log);
    LogPump stderr = new LogPump(process.stderr(), LogStream.STDERR, log);
    shared.threads().execute(stdout);
    shared.threads().execute(stderr);
    return new RuntimeProcess(process, stdout, stderr);
  }

  /** Reports the end of the process, once, on a thread of its own. */
  void watch(Consumer<ExitStatus> exited) {
    Thread.ofVirtual()
        .name("runtime-exit")
        .start(
            () -> {
              ExitStatus status = process.onExit().join();
              process.kill();
              exited.accept(status);
            });
  }

  void drainOutput(long nanos) {
    stdout.drain(nanos);
    stderr.drain(nanos);
  }

  /** Waits until it has ended by itself, or the time has passed. */
  void awaitExit(long nanos) {
    try {
      process.onExit().get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Process {} has not ended after {} ns", process.pid(), nanos);
    }
  }

  /** Reads the rest of what it printed. */
  void awaitOutputEnd(long nanos) {
    long until = System.nanoTime() + nanos;
    stdout.awaitEnd(until - System.nanoTime());
    stderr.awaitEnd(until - System.nanoTime());
  }
}
