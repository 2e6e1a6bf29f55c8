package dev.hearth.runtime.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What each means adds to a cold start: {@code /bin/echo} from the call to its first byte, in turn
 * with a plain process, so that both meet the same machine.
 */
final class StartCosts {
  private static final double GOAL_MILLIS = 10;
  private static final int STARTS = 60;
  private static final int WARM_UP = 20;
  private static final int USAGE_SIZE = 144;
  private static final int RUSAGE_CHILDREN = -1;
  private static final MemorySegment GETRUSAGE = Libc.symbol("getrusage");
  private static final List<String> MEANS =
      List.of(
          "cgroup-v1",
          "cgroup-v2",
          "namespaces",
          "bubblewrap",
          "cgroup-v1,namespaces",
          "cgroup-v1,bubblewrap",
          "cgroup-v2,namespaces");

  /**
   * Starts of one kind.
   *
   * @param millis from the call to the first byte
   * @param cpuMillis processor time of Hearth and the ended process together, to its end
   */
  private record Starts(Samples millis, Samples cpuMillis) {
    Starts() {
      this(new Samples(STARTS), new Samples(STARTS));
    }
  }

  private StartCosts() {}

  static void print(BenchmarkFolders folders) throws Exception {
    System.out.printf(
        "goal: all means together add at most %.0f ms; processor time of both sides to the end%n",
        GOAL_MILLIS);
    try (Sandbox plain = Sandboxes.plain();
        Sandbox portable = TestSandboxes.portable()) {
      Starts floor = new Starts();
      Starts jdk = new Starts();
      measure(plain, portable, floor, jdk, folders);
      line("plain process, posix_spawn", floor, null);
      line("plain process, ProcessBuilder", jdk, floor);
      for (String means : MEANS) {
        try (Sandbox sandbox = Sandboxes.with(Choice.of(means))) {
          if (offered(sandbox, means)) {
            Starts beside = new Starts();
            Starts confined = new Starts();
            measure(plain, sandbox, beside, confined, folders);
            line(sandbox.description(), confined, beside);
          } else {
            System.out.printf("%-32s not to be had here%n", means.replace(",", ", "));
          }
        }
      }
    }
  }

  private static boolean offered(Sandbox sandbox, String means) {
    return sandbox.description().replace(", ", ",").replace(' ', '-').equals(means);
  }

  private static void measure(
      Sandbox one, Sandbox other, Starts ofOne, Starts ofOther, BenchmarkFolders folders)
      throws Exception {
    for (int i = -WARM_UP; i < STARTS; i++) {
      start(one, i < 0 ? new Starts() : ofOne, folders);
      start(other, i < 0 ? new Starts() : ofOther, folders);
    }
  }

  private static void start(Sandbox sandbox, Starts starts, BenchmarkFolders folders)
      throws Exception {
    long cpu = cpuNanos();
    long before = System.nanoTime();
    SandboxedProcess process = sandbox.start(folders.spec(256, "/bin/echo", "x"));
    process.stdout().read();
    starts.millis().add((System.nanoTime() - before) / 1e6);
    process.onExit().join();
    starts.cpuMillis().add((cpuNanos() - cpu) / 1e6);
    process.stdout().close();
    process.stderr().close();
  }

  private static void line(String means, Starts starts, Starts floor) {
    System.out.printf(
        "%-32s p50 %6.2f ms  min %6.2f ms  processor %6.2f ms%s%n",
        means,
        starts.millis().median(),
        starts.millis().least(),
        starts.cpuMillis().median(),
        floor == null
            ? ""
            : "  adds %+.2f ms (%.1f x), processor %+.2f ms"
                .formatted(
                    starts.millis().median() - floor.millis().median(),
                    starts.millis().median() / floor.millis().median(),
                    starts.cpuMillis().median() - floor.cpuMillis().median()));
  }

  /** Of this program and of those it has waited for. */
  private static long cpuNanos() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(USAGE_SIZE, 8);
      Libc.call(GETRUSAGE, RUSAGE_CHILDREN, usage.address(), 0);
      long seconds = usage.get(ValueLayout.JAVA_LONG, 0) + usage.get(ValueLayout.JAVA_LONG, 16);
      long micros = usage.get(ValueLayout.JAVA_LONG, 8) + usage.get(ValueLayout.JAVA_LONG, 24);
      return system.getProcessCpuTime() + seconds * 1_000_000_000L + micros * 1_000L;
    }
  }

  /** The highest resident memory that one of the ended processes ever had. */
  static long largestChildBytes() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(USAGE_SIZE, 8);
      Libc.call(GETRUSAGE, RUSAGE_CHILDREN, usage.address(), 0);
      return usage.get(ValueLayout.JAVA_LONG, 32) * 1024;
    }
  }
}
