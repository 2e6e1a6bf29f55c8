package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What macOS offers an ordinary program: rules for files and network by {@code sandbox-exec}, and a
 * CPU share by stopping and continuing. The kernel limits neither memory nor processes of a group.
 */
final class MacConfinement implements Confinement {
  private static final String PROGRAM = "/usr/bin/sandbox-exec";

  /** Whether {@code sandbox-exec} does what it is asked to here. */
  private final boolean rules;

  private final CpuShare cpu;
  private final @Nullable CpuThrottle throttle;
  private final List<Path> hidden;

  /**
   * @param rules whether {@code sandbox-exec} works
   * @param hidden folders of which environments see only what they need
   */
  MacConfinement(boolean rules, CpuShare cpu, @Nullable CpuThrottle throttle, List<Path> hidden) {
    this.rules = rules;
    this.cpu = cpu;
    this.throttle = throttle;
    this.hidden = List.copyOf(hidden);
  }

  @Override
  public String description() {
    return rules ? "sandbox-exec" : Confinement.NONE.description();
  }

  @Override
  public List<String> notLimited() {
    List<String> missing = new ArrayList<>();
    if (throttle == null) {
      missing.add(CPU);
    }
    if (!rules) {
      missing.add(FILES);
    }
    missing.addAll(List.of(TMP, PROCESSES));
    return missing;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(List.of(POLLED_MEMORY));
    if (throttle != null) {
      remarks.add(THROTTLED);
      if (!cpu.missing().isEmpty()) {
        remarks.add(cpu.missing());
      }
    }
    if (rules) {
      remarks.add("code, layers and /tmp keep their places on this machine");
    }
    return remarks;
  }

  @Override
  public boolean separatesNetworks() {
    return rules;
  }

  @Override
  public NetworkSpace privateNetwork(boolean relay) throws IOException {
    return rules ? new MacNetwork(relay) : Confinement.super.privateNetwork(relay);
  }

  @Override
  public Enclosure enclose(String name, ProcessSpec spec) throws IOException {
    Isolation isolation = spec.isolation();
    String profile = rules && isolation != null ? MacProfile.of(isolation, hidden(isolation)) : "";
    return new Ruled(profile, throttle, cpu.of(spec.memoryLimitBytes()));
  }

  /** Beside an environment's own folders are those of others. */
  private List<Path> hidden(Isolation isolation) throws IOException {
    List<Path> all = new ArrayList<>(hidden);
    Path others = isolation.tmp().toRealPath().getParent();
    if (others != null && others.getNameCount() > 1) {
      all.add(others);
    }
    return all;
  }

  /**
   * One environment's.
   *
   * @param profile the rules; empty for none
   */
  private record Ruled(String profile, @Nullable CpuThrottle throttle, double share)
      implements Enclosure {
    @Override
    public List<String> command(List<String> wanted, Path directory) {
      if (profile.isEmpty()) {
        return wanted;
      }
      List<String> whole = new ArrayList<>(List.of(PROGRAM, "-p", profile));
      whole.addAll(wanted);
      return whole;
    }

    @Override
    public void close() {
      // The rules end with the processes.
    }
  }

  @Override
  public void close() {
    if (throttle != null) {
      throttle.close();
    }
  }
}
