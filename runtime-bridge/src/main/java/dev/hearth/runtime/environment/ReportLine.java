package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.Measurements;
import org.jspecify.annotations.Nullable;

/** The lines that the platform writes about a call, letter for letter (lifecycle.md section 5). */
final class ReportLine {
  private static final long MEGABYTE = 1 << 20;

  private ReportLine() {}

  static String start(String requestId, String version) {
    return "START RequestId: " + requestId + " Version: " + version;
  }

  static String end(String requestId) {
    return "END RequestId: " + requestId;
  }

  /**
   * The REPORT line.
   *
   * @param cold the cold start that is billed with this call
   * @param end its status and error type close the line of a failed call
   */
  static String report(
      String requestId, Measurements measured, int memorySize, ColdStart cold, Completion end) {
    StringBuilder line = new StringBuilder(224);
    line.append("REPORT RequestId: ").append(requestId).append("\tDuration: ");
    millis(line, measured.durationNanos());
    line.append(" ms\tBilled Duration: ").append(measured.billedMillis());
    line.append(" ms\tMemory Size: ").append(memorySize).append(" MB\t");
    if (measured.peakMemoryBytes() >= 0) {
      line.append("Max Memory Used: ").append(megabytes(measured.peakMemoryBytes()));
      line.append(" MB\t");
    }
    if (cold.restoreNanos() >= 0) {
      line.append("Restore Duration: ");
      millis(line, cold.restoreNanos());
      line.append(" ms\tBilled Restore Duration: ").append(cold.billedRestoreMillis());
      line.append(" ms\t");
    } else if (cold.initNanos() >= 0) {
      line.append("Init Duration: ");
      millis(line, cold.initNanos());
      line.append(" ms\t");
    }
    if (end.status() != null) {
      line.append(status(end.status(), end.errorType()));
    }
    return line.toString();
  }

  /**
   * The line about an init.
   *
   * @param status null for one that went well, of which only SnapStart's are reported
   */
  static String init(
      long nanos, String phase, @Nullable String status, @Nullable String errorType) {
    StringBuilder line = new StringBuilder(128).append("INIT_REPORT Init Duration: ");
    millis(line, nanos);
    line.append(" ms\tPhase: ").append(phase).append('\t');
    return status == null ? line.toString() : line.append(status(status, errorType)).toString();
  }

  /** The line about a restore that failed. */
  static String restore(long nanos, String status, @Nullable String errorType) {
    StringBuilder line = new StringBuilder(96).append("RESTORE_REPORT Restore Duration: ");
    millis(line, nanos);
    return line.append(" ms\t").append(status(status, errorType)).toString();
  }

  /** The line about an extension at the end of init. */
  static String extension(Extension extension) {
    return "EXTENSION\tName: "
        + extension.name
        + "\tState: "
        + extension.state.lambdaName()
        + "\tEvents: ["
        + String.join(", ", extension.eventNames())
        + "]"
        + (extension.errorType == null ? "" : "\tError Type: " + extension.errorType);
  }

  private static String status(String status, @Nullable String errorType) {
    return "Status: " + status + (errorType == null ? "" : "\tError Type: " + errorType);
  }

  /** Whole megabytes, rounded up: what was used fits into the number. */
  static long megabytes(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }

  /** Two decimals without {@code String.format}, which costs more than the rest of the line. */
  private static void millis(StringBuilder line, long nanos) {
    long hundredths = (nanos + 5_000) / 10_000;
    line.append(hundredths / 100).append('.');
    long rest = hundredths % 100;
    if (rest < 10) {
      line.append('0');
    }
    line.append(rest);
  }
}
