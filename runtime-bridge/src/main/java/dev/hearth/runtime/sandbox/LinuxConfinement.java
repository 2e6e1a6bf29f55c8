package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Linux offers, put together from the parts that work on this machine. */
final class LinuxConfinement implements Confinement {
  private static final Logger log = LoggerFactory.getLogger(LinuxConfinement.class);
  private static final long RETRY_NANOS = 5_000_000;
  private static final long MOST_CLOSE_NANOS = 2_000_000_000L;

  private final @Nullable ControlGroups groups;
  private final @Nullable View view;

  /** Only where the kernel has no quota for us. */
  private final @Nullable CpuThrottle throttle;

  private final CpuShare cpu;
  private final Sweeper sweeper;

  /** Ended, but the kernel has not let go of them yet. */
  private final Set<ControlGroup> leaving = ConcurrentHashMap.newKeySet();

  LinuxConfinement(
      @Nullable ControlGroups groups,
      @Nullable View view,
      CpuShare cpu,
      @Nullable CpuThrottle throttle,
      Sweeper sweeper) {
    this.groups = groups;
    this.throttle = throttle;
    this.view = view;
    this.cpu = cpu;
    this.sweeper = sweeper;
  }

  @Override
  public String description() {
    List<String> means = new ArrayList<>();
    if (groups != null) {
      means.add(groups.description());
    }
    if (view != null) {
      means.add(view.description());
    }
    return means.isEmpty() ? Confinement.NONE.description() : String.join(", ", means);
  }

  @Override
  public List<String> notLimited() {
    Set<ControlGroups.Dimension> limited =
        groups == null ? EnumSet.noneOf(ControlGroups.Dimension.class) : groups.dimensions();
    List<String> missing = new ArrayList<>();
    if (!limited.contains(ControlGroups.Dimension.CPU) && throttle == null) {
      missing.add(CPU);
    }
    if (view == null) {
      missing.add(FILES);
    }
    if (view == null || !view.limitsTmp()) {
      missing.add(TMP);
    }
    if (!limited.contains(ControlGroups.Dimension.PROCESSES)) {
      missing.add(PROCESSES);
    }
    return missing;
  }

  @Override
  public NetworkSpace privateNetwork(boolean relay) throws IOException {
    if (!separatesNetworks()) {
      return Confinement.super.privateNetwork(relay);
    }
    PrivateNetwork network = PrivateNetwork.create();
    return relay ? LoopbackRelay.into(network) : network;
  }

  @Override
  public void giveBack(Path tmp) {
    if (view != null) {
      view.giveBack(tmp);
    }
  }

  @Override
  public boolean separatesNetworks() {
    return view != null && view.networks();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    boolean memory = groups != null && groups.dimensions().contains(ControlGroups.Dimension.MEMORY);
    if (!memory) {
      remarks.add(POLLED_MEMORY);
    }
    if (throttle != null) {
      remarks.add(THROTTLED);
    }
    if (!notLimited().contains(CPU) && !cpu.missing().isEmpty()) {
      remarks.add(cpu.missing());
    }
    return remarks;
  }

  @Override
  public Enclosure enclose(String name, ProcessSpec spec) throws IOException {
    Isolation isolation = spec.isolation();
    long memory = spec.memoryLimitBytes();
    ControlGroup group = groups == null ? null : groups.create(name, memory, cpu.init(memory));
    try {
      LinuxEnclosure.Viewed viewed = null;
      if (view != null && isolation != null) {
        List<Path> entrances = group == null ? List.of() : group.entrances();
        viewed =
            new LinuxEnclosure.Viewed(
                view.inside(isolation, entrances), new InsidePaths(isolation));
      }
      return new LinuxEnclosure(
          group == null ? null : new LinuxEnclosure.Grouped(group, cpu.calls(memory), this::leave),
          viewed,
          throttle == null ? null : new LinuxEnclosure.Held(throttle, cpu.of(memory)));
    } catch (IOException e) {
      if (group != null) {
        group.close();
      }
      throw e;
    }
  }

  private void leave(ControlGroup group) {
    leaving.add(group);
    sweeper.repeat(() -> left(group));
  }

  private boolean left(ControlGroup group) {
    boolean gone = group.remove();
    if (gone) {
      leaving.remove(group);
    } else {
      group.kill();
    }
    return gone;
  }

  /** A shell that puts itself into the group and then becomes the wanted program. */
  static List<String> joining(List<Path> entrances, List<String> wanted) {
    List<String> whole =
        new ArrayList<>(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\""));
    whole.add(entrances.getFirst().toString());
    whole.addAll(wanted);
    return whole;
  }

  @Override
  public void close() {
    long until = System.nanoTime() + MOST_CLOSE_NANOS;
    leaving.removeIf(ControlGroup::remove);
    while (!leaving.isEmpty() && System.nanoTime() - until < 0) {
      leaving.forEach(ControlGroup::kill);
      LockSupport.parkNanos(this, RETRY_NANOS);
      leaving.removeIf(ControlGroup::remove);
    }
    leaving.forEach(left -> log.warn("Control group {} could not be removed", left.folders()));
    if (groups != null) {
      groups.close();
    }
    if (view != null) {
      view.close();
    }
    if (throttle != null) {
      throttle.close();
    }
  }
}
