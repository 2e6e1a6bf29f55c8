package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether a means works here by running a process under it. */
final class Trial {
  private static final Logger log = LoggerFactory.getLogger(Trial.class);
  private static final long MOST_SECONDS = 5;
  private static final long MEMORY = 64 << 20;

  private final Launcher launcher;
  private final String name =
      Cgroups.PREFIX
          + Long.toHexString(ProcessHandle.current().pid())
          + "-probe-"
          + Long.toHexString(System.nanoTime());

  private int attempts;

  Trial(Launcher launcher) {
    this.launcher = launcher;
  }

  /** What everything that is made for a try is called, or begins with. */
  String name() {
    return name;
  }

  /**
   * Whether a process runs and ends well under it.
   *
   * @param tried closed here
   * @param script for the shell, in an empty folder; {@code $0} is the folder that is {@code /tmp}
   */
  boolean works(Confinement tried, String script) {
    try (Confinement confinement = tried;
        EmptyFolders folders = new EmptyFolders()) {
      ProcessSpec spec = folders.spec(script);
      Enclosure enclosure = confinement.enclose(name + "-" + ++attempts, spec);
      Ended ended = new Ended();
      Launcher.Launched process;
      try {
        process =
            launcher.launch(
                spec.command(), spec.environment(), spec.workingDirectory(), enclosure, ended);
      } catch (IOException e) {
        enclosure.close();
        throw e;
      }
      process.stdout().close();
      process.stderr().close();
      ExitStatus status = process.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
      ended.get(MOST_SECONDS, TimeUnit.SECONDS);
      return status.equals(new ExitStatus.Exited(0));
    } catch (IOException | ExecutionException | TimeoutException e) {
      log.info("{} does not work here: {}", tried.description(), e.getMessage());
      return false;
    } catch (IllegalStateException e) {
      log.warn("{} could not be tried here", tried.description(), e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Folders to look at, and a process that looks. */
  private static final class EmptyFolders implements AutoCloseable {
    private final Path task;
    private final Path tmp;

    EmptyFolders() throws IOException {
      task = Files.createTempDirectory("hearth-probe");
      tmp = Files.createDirectory(task.resolveSibling(task.getFileName() + "-tmp"));
    }

    ProcessSpec spec(String script) {
      Isolation isolation = new Isolation(task, null, tmp, 1 << 20, List.of(), NetworkSpace.OPEN);
      return new ProcessSpec(
          List.of("/bin/sh", "-c", script, tmp.toString()), Map.of(), task, MEMORY, isolation);
    }

    @Override
    public void close() {
      for (Path folder : List.of(task, tmp)) {
        Cgroups.removed(folder);
      }
    }
  }

  /** Done when the process and its enclosure have gone. */
  private static final class Ended extends CompletableFuture<Void> implements Launcher.Listener {
    @Override
    public void started(Launcher.Launched process) {
      // Its end is what is waited for.
    }

    @Override
    public void ended(Launcher.Launched process) {
      complete(null);
    }
  }
}
