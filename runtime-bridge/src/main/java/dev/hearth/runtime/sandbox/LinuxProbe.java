package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what this machine can do by doing it: a means counts when a process has really run
 * under it. Containers, security modules and old kernels refuse in too many ways to be asked
 * otherwise.
 */
final class LinuxProbe {
  private static final Logger log = LoggerFactory.getLogger(LinuxProbe.class);
  private static final long MOST_SECONDS = 5;
  private static final long MEMORY = 64 << 20;
  private static final ProcessSpec TRUE =
      new ProcessSpec(List.of("/bin/sh", "-c", ":"), Map.of(), Path.of("/"), MEMORY);

  private final Choice choice;
  private final Sweeper sweeper;
  private final Launcher launcher;
  private final String name =
      Cgroups.PREFIX + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());

  LinuxProbe(Choice choice, Sweeper sweeper, Launcher launcher) {
    this.choice = choice;
    this.sweeper = sweeper;
    this.launcher = launcher;
  }

  Confinement best() {
    CpuShare cpu = CpuShare.ofThisMachine();
    return new LinuxConfinement(controlGroups(cpu), cpu, sweeper);
  }

  private @Nullable ControlGroups controlGroups(CpuShare cpu) {
    CgroupMounts mounts = CgroupMounts.ofThisProcess();
    Path v2 = mounts.v2();
    if (choice.allows(Choice.CGROUP_V2) && v2 != null) {
      try {
        ControlGroups groups = CgroupV2.in(v2, Cgroups::removed);
        if (works(new LinuxConfinement(groups, cpu, sweeper))) {
          return groups;
        }
      } catch (IOException e) {
        log.info("cgroup v2 is not used: {}", e.getMessage());
      }
    }
    if (choice.allows(Choice.CGROUP_V1)) {
      Map<String, Path> usable = CgroupV1.usable(mounts.v1(), name);
      ControlGroups groups = new CgroupV1(usable);
      if (!groups.dimensions().isEmpty() && works(new LinuxConfinement(groups, cpu, sweeper))) {
        return groups;
      }
      log.info("cgroup v1 is not used: {} of its controllers are ours to use", usable.size());
    }
    return null;
  }

  /** Whether a process runs and ends under it. */
  private boolean works(Confinement tried) {
    try (Confinement confinement = tried) {
      Enclosure enclosure = confinement.enclose(name, TRUE);
      Ended ended = new Ended();
      Launcher.Launched process;
      try {
        process =
            launcher.launch(
                TRUE.command(), TRUE.environment(), TRUE.workingDirectory(), enclosure, ended);
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
