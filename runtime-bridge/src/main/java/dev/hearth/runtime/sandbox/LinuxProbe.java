package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** True inside only: /tmp can be written, the task can't, and nobody else is there to be seen. */
  private static final String OWN_VIEW =
      "[ \"$0\" = /tmp ] && [ -w /tmp ] && [ ! -w /var/task ] && [ -d /proc/1 ] && [ ! -d /proc/"
          + ProcessHandle.current().pid()
          + " ]";

  private final Choice choice;
  private final Sweeper sweeper;
  private final Launcher launcher;
  private final CpuShare cpu = CpuShare.ofThisMachine();
  private final Trial trial;

  LinuxProbe(Choice choice, Sweeper sweeper, Launcher launcher) {
    this.choice = choice;
    this.sweeper = sweeper;
    this.launcher = launcher;
    this.trial = new Trial(launcher);
  }

  /** The first combination that works, the strongest ones being tried first. */
  Confinement best() {
    sweeper.repeat(Sweeper::killAbandoned);
    List<@Nullable ControlGroups> groups = new ArrayList<>(controlGroups());
    groups.add(null);
    for (ControlGroups candidate : groups) {
      for (View view : views(candidate)) {
        if (trial.works(new LinuxConfinement(candidate, view, cpu, null, sweeper), OWN_VIEW)) {
          return confinement(candidate, view);
        }
      }
      if (candidate == null
          || trial.works(new LinuxConfinement(candidate, null, cpu, null, sweeper), ":")) {
        return confinement(candidate, null);
      }
    }
    return confinement(null, null);
  }

  private Confinement confinement(@Nullable ControlGroups groups, @Nullable View view) {
    boolean quota = groups != null && groups.dimensions().contains(ControlGroups.Dimension.CPU);
    CpuThrottle throttle = quota || !choice.allows(Choice.THROTTLE) ? null : new CpuThrottle();
    return new LinuxConfinement(groups, view, cpu, throttle, sweeper);
  }

  private List<View> views(@Nullable ControlGroups groups) {
    boolean memoryIsCounted =
        groups != null && groups.dimensions().contains(ControlGroups.Dimension.MEMORY);
    List<View> views = new ArrayList<>();
    if (choice.allows(Choice.NAMESPACES)) {
      try {
        views.add(new Namespaces(launcher));
      } catch (IOException e) {
        log.info("Namespaces are not tried: {}", e.getMessage());
      }
    }
    Path bubblewrap = Bubblewrap.find();
    if (choice.allows(Choice.BUBBLEWRAP) && bubblewrap != null) {
      views.add(new Bubblewrap(bubblewrap, memoryIsCounted ? null : new TmpSpaces(launcher)));
    }
    return views;
  }

  private List<ControlGroups> controlGroups() {
    CgroupMounts mounts = CgroupMounts.ofThisProcess();
    List<ControlGroups> found = new ArrayList<>();
    Path v2 = mounts.v2();
    if (choice.allows(Choice.CGROUP_V2) && v2 != null) {
      try {
        Cgroups.removeAbandoned(v2);
        found.add(ownV2(v2));
      } catch (IOException e) {
        log.info("cgroup v2 is not used: {}", e.getMessage());
      }
    }
    if (choice.allows(Choice.CGROUP_V1)) {
      mounts.v1().values().forEach(Cgroups::removeAbandoned);
      ControlGroups v1 = new CgroupV1(CgroupV1.usable(mounts.v1(), trial.name()));
      if (!v1.dimensions().isEmpty()) {
        found.add(v1);
      }
    }
    return found;
  }

  /** In our own group when we are alone there, otherwise in one that systemd gives us. */
  private static ControlGroups ownV2(Path group) throws IOException {
    if (group.endsWith(CgroupV2.OWN)) {
      // Another sandbox of this program has moved us aside.
      return CgroupV2.in(group.getParent(), Cgroups::removed);
    }
    if (!CgroupV2.offersSomething(group)) {
      throw new IOException(group + " offers no controller that limits an environment");
    }
    boolean alone = Cgroups.members(group).isEmpty() && Files.isWritable(group);
    return CgroupV2.in(alone ? group : new DelegatedScope().enter(), Cgroups::removed);
  }
}
