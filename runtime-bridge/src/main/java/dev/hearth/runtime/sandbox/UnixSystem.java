package dev.hearth.runtime.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * macOS, and Linux where the C library can't spawn as needed: every process leads a session of its
 * own and may open as many files as on Lambda (limits-and-pricing.md section 1).
 */
final class UnixSystem implements PortableSystem {
  /** macOS has no {@code setsid} command, but brings perl. */
  private static final List<List<String>> SESSIONS =
      List.of(
          List.of("/usr/bin/setsid"),
          List.of("/bin/setsid"),
          List.of(
              "/usr/bin/perl",
              "-e",
              "use POSIX (); POSIX::setsid(); exec { $ARGV[0] } @ARGV; exit 127"));

  private static final String LIMITED =
      "ulimit -n " + NativeLauncher.MOST_DESCRIPTORS + " 2>/dev/null; exec \"$0\" \"$@\"";

  private final @Nullable Signals signals = Signals.ofThisSystem().orElse(null);
  private final List<String> session;
  private final IntFunction<@Nullable ProcessMeter> meters;

  /**
   * @param meters measures the process of a number; null for one that can't be measured
   */
  UnixSystem(IntFunction<@Nullable ProcessMeter> meters) {
    this(
        meters,
        SESSIONS.stream()
            .filter(command -> Files.isExecutable(Path.of(command.getFirst())))
            .findFirst()
            .orElse(List.of()));
  }

  /** With one way to a session of its own; an empty list for none. */
  UnixSystem(IntFunction<@Nullable ProcessMeter> meters, List<String> session) {
    this.meters = meters;
    this.session = session;
  }

  /** What macOS has instead of {@code setsid}. */
  static List<String> perlSession() {
    return SESSIONS.getLast();
  }

  @Override
  public String nullDevice() {
    return "/dev/null";
  }

  @Override
  public List<String> command(List<String> wanted) {
    List<String> whole = new ArrayList<>(session);
    whole.addAll(List.of("/bin/sh", "-c", LIMITED));
    whole.addAll(wanted);
    return whole;
  }

  @Override
  public GroupControl control(Process process) {
    if (signals == null) {
      return new LoneProcess(process);
    }
    ProcessMeter meter = meters.apply((int) process.pid());
    return new SignalledGroup(
        process,
        signals,
        !session.isEmpty(),
        meter == null ? new CpuMeter(process.toHandle()) : meter);
  }
}
