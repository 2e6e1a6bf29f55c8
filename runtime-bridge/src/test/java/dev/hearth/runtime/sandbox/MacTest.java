package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said to macOS and read from it, with the system played. */
@DisabledOnOs(OS.WINDOWS)
class MacTest {
  private static final long MEBI = 1 << 20;
  private static final int LEADER = 100;

  @TempDir Path folder;
  private final Played mac = new Played();

  /** Processes with their accounts; times in units of 41.67 ns, as on Apple's processors. */
  private static final class Played implements MacCalls {
    final Map<Integer, MacUsage> accounts = new HashMap<>();
    final Map<Integer, int[]> group = new HashMap<>();
    final Map<Integer, int[]> children = new HashMap<>();
    boolean resets = true;

    @Override
    public @Nullable MacUsage usage(int pid) {
      return accounts.get(pid);
    }

    @Override
    public int[] pids(int kind, int of) {
      return (kind == OF_GROUP ? group : children).getOrDefault(of, new int[0]);
    }

    @Override
    public boolean resetFootprint(int pid) {
      return resets;
    }

    @Override
    public long nanos(long units) {
      return MacLibrary.nanos(units, 125, 3);
    }
  }

  private static MacUsage usage(long cpu, long megabytes, long highest) {
    return new MacUsage(cpu, megabytes * MEBI, highest * MEBI, 1);
  }

  @Test
  void theAccountIsReadAsTheSystemWritesIt() {
    ByteBuffer structure = ByteBuffer.allocate(MacUsage.SIZE).order(ByteOrder.nativeOrder());
    for (int field = 0; field < (MacUsage.SIZE - 16) / 8; field++) {
      // The number of each field of eight bytes after the identifier.
      structure.putLong(16 + field * 8, field);
    }
    // Fields 0, 1 and 10, 11: own and children's time; 7: footprint; 8: start; 33: highest.
    assertThat(MacUsage.of(structure.array())).isEqualTo(new MacUsage(22, 7, 33, 8));
  }

  @Test
  void unitsOfTheClockBecomeNanoseconds() {
    assertThat(MacLibrary.nanos(24_000_000, 125, 3)).isEqualTo(1_000_000_000L);
    assertThat(MacLibrary.nanos(1, 125, 3)).isEqualTo(41);
    // Ten years of CPU time do not overflow.
    assertThat(MacLibrary.nanos(7_568_640_000_000_000L, 125, 3))
        .isEqualTo(315_360_000_000_000_000L);
    assertThat(MacLibrary.nanos(77, 1, 1)).isEqualTo(77);
  }

  @Test
  void theGroupAndItsDescendantsAreMeasuredTogether() {
    mac.accounts.putAll(
        Map.of(LEADER, usage(3, 10, 10), 101, usage(30, 20, 20), 102, usage(300, 40, 40)));
    mac.group.put(LEADER, new int[] {LEADER, 101});
    // One that left the group is still its parent's child.
    mac.children.put(101, new int[] {102});
    MacMeter meter = new MacMeter(LEADER, mac);

    assertThat(meter.residentBytes()).isEqualTo(70 * MEBI);
    assertThat(meter.cpuNanos()).isEqualTo(333 * 125 / 3);
    mac.accounts.remove(102);
    assertThat(meter.residentBytes()).isEqualTo(30 * MEBI);
    assertThat(meter.peakBytes()).isEqualTo(70 * MEBI);
    // Its parent waits for it, and time never goes back meanwhile.
    assertThat(meter.cpuNanos()).isEqualTo(333 * 125 / 3);
    mac.accounts.put(101, usage(330, 20, 20));
    assertThat(meter.cpuNanos()).isEqualTo(333 * 125 / 3);
  }

  @Test
  void theSystemsOwnPeakCountsForOneProcessOnly() {
    mac.accounts.put(LEADER, usage(1, 10, 90));
    MacMeter meter = new MacMeter(LEADER, mac);
    assertThat(meter.peakBytes()).isEqualTo(10 * MEBI);
    meter.resetPeak();
    mac.accounts.put(LEADER, usage(1, 10, 55));
    assertThat(meter.peakBytes()).isEqualTo(55 * MEBI);
    mac.resets = false;
    meter.resetPeak();
    assertThat(meter.peakBytes()).isEqualTo(10 * MEBI);
    mac.accounts.clear();
    assertThat(meter.residentBytes()).isEqualTo(SandboxedProcess.UNMEASURED);
    meter.close();
    assertThat(meter.residentBytes()).isZero();
    assertThat(meter.peakBytes()).isEqualTo(10 * MEBI);
  }

  private Isolation isolation(NetworkSpace network) throws Exception {
    Path root = folder.toRealPath();
    Path task = Files.createDirectories(root.resolve("my \"code\""));
    Files.writeString(task.resolve("shop.hearth"), "secrets");
    Path tmp = Files.createDirectories(root.resolve("scratch/env-1"));
    Path tools = Files.createDirectories(root.resolve("tools"));
    return new Isolation(task, null, tmp, MEBI, List.of(tools), network);
  }

  @Test
  void theRulesShowWhatIsNeededAndHideTheRest() throws Exception {
    Path root = folder.toRealPath();
    String rules = MacProfile.of(isolation(NetworkSpace.OPEN), List.of(Path.of("/Users/me")));

    assertThat(rules.lines())
        .containsSubsequence(
            "(version 1)",
            "(allow default)",
            "(deny file-read* file-write*",
            "  (subpath \"/Users/me\"))",
            "(allow file-read-metadata)",
            "(allow file-read*",
            "  (subpath \"" + root + "/my \\\"code\\\"\")",
            "  (subpath \"" + root + "/scratch/env-1\")",
            "  (subpath \"" + root + "/tools\"))",
            "(deny file-read*",
            "  (literal \"" + root + "/my \\\"code\\\"/shop.hearth\"))",
            "(deny file-write*)",
            "(allow file-read* file-write*",
            "  (subpath \"" + root + "/scratch/env-1\"))");
    assertThat(rules).doesNotContain("network");
  }

  @Test
  void theNetworkIsAsOpenAsTheFunctionsConfigurationSays() throws Exception {
    try (MacNetwork none = new MacNetwork(false);
        ServerSocket api = none.listen(1);
        MacNetwork loopback = new MacNetwork(true)) {
      assertThat(MacProfile.of(isolation(none), List.of()))
          .contains("(deny network*)\n")
          .contains(
              "(allow network-outbound (remote ip \"localhost:" + api.getLocalPort() + "\"))");
      assertThat(MacProfile.of(isolation(loopback), List.of()))
          .contains("(deny network*)\n", "(allow network-outbound (remote ip \"localhost:*\"))");
    }
  }

  @Test
  void theCommandRunsByItsRulesAndNeighboursAreHidden() throws Exception {
    Isolation isolation = isolation(NetworkSpace.OPEN);
    List<String> wanted = List.of("/usr/bin/python3", "app.py");
    ProcessSpec spec = new ProcessSpec(wanted, Map.of(), folder, 884 * MEBI, isolation);
    try (Confinement mac = new MacConfinement(true, new CpuShare(8), null, List.of());
        Enclosure enclosure = mac.enclose("one", spec)) {
      List<String> command = new ArrayList<>(enclosure.command(wanted, folder));
      String profile = command.remove(2);
      assertThat(command)
          .containsExactly("/usr/bin/sandbox-exec", "-p", "/usr/bin/python3", "app.py");
      assertThat(profile)
          .contains(
              "(deny file-read* file-write*\n  (subpath \"" + folder.toRealPath() + "/scratch\"))");
      assertThat(enclosure.share()).isCloseTo(0.5, org.assertj.core.api.Assertions.within(0.001));
    }
    try (Confinement plain = new MacConfinement(false, new CpuShare(8), null, List.of());
        Enclosure enclosure = plain.enclose("one", spec)) {
      assertThat(enclosure.command(wanted, folder)).isEqualTo(wanted);
    }
  }
}
