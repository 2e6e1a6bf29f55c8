package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.DeployedFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the runtime process of one environment and sees it through init. */
final class Initializer {
  private static final long EXIT_NANOS = 100_000_000;
  private static final long SNAP_START_SECONDS = 130;

  private final EnvironmentSettings settings;
  private final EnvironmentLog log;
  private final EnvironmentPlace place;
  private final PlatformEvents events;

  /**
   * One try.
   *
   * @param phases null when the process could not be started
   * @param restoreNanos how long the restore of SnapStart took; negative without one
   * @param reading what a failed init used
   */
  record Attempt(
      InitOutcome outcome, @Nullable InitPhases phases, long restoreNanos, Meter.Reading reading) {
    static final long NO_RESTORE = -1;
  }

  Initializer(
      EnvironmentSettings settings,
      EnvironmentLog log,
      EnvironmentPlace place,
      PlatformEvents events) {
    this.events = events;
    this.settings = settings;
    this.log = log;
    this.place = place;
  }

  /** How long an init before a call may take (lifecycle.md section 1). */
  long timeoutNanos() {
    long seconds = Math.max(SNAP_START_SECONDS, settings.function().configuration().timeout());
    return place.isSnapStart() ? seconds * 1_000_000_000L : settings.shared().initTimeoutNanos();
  }

  /** What hooks after a restore may take (lifecycle.md section 1): as much as an ordinary init. */
  private long restoreNanos() {
    return settings.shared().initTimeoutNanos();
  }

  PlatformEvents events() {
    return events;
  }

  /**
   * Starts a process and waits until it is ready or has failed; a failed one is gone on return and
   * its INIT_REPORT is written.
   *
   * @param phase {@code init}, or {@code invoke} when it happens inside a call
   * @param timeoutNanos how long it may take
   * @param invocation the call that waits; when it ends, so does the wait
   * @param started hears of the process as soon as it runs
   */
  Attempt run(
      String phase,
      long timeoutNanos,
      Invocation invocation,
      RuntimeDomain.Owner owner,
      Consumer<RuntimeDomain> started) {
    long begin = System.nanoTime();
    TelemetryHub telemetry = new TelemetryHub(events);
    log.telemetry(telemetry);
    initStart(begin, phase);
    RuntimeDomain domain;
    try {
      domain = new RuntimeDomain(settings, log, place, telemetry, owner);
    } catch (IOException e) {
      InitOutcome outcome = new InitOutcome.NotStarted(e);
      report(outcome, System.nanoTime() - begin, phase);
      return new Attempt(outcome, null, Attempt.NO_RESTORE, Meter.Reading.NONE);
    }
    started.accept(domain);
    long restoreNanos = phase.equals("init") ? restoreNanos() : -1;
    InitOutcome outcome = await(domain, begin + timeoutNanos, restoreNanos, invocation);
    long restored = domain.restoredNanos();
    if (restored != 0 && isFailure(outcome)) {
      outcome = new InitOutcome.RestoreFailed(outcome);
    }
    long end = outcome instanceof InitOutcome.Ready(long nanos) ? nanos : System.nanoTime();
    return outcome instanceof InitOutcome.Ready ready
        ? ready(domain, ready, phase, end)
        : failed(domain, outcome, phase, end);
  }

  private static boolean isFailure(InitOutcome outcome) {
    return !(outcome instanceof InitOutcome.Ready || outcome instanceof InitOutcome.Abandoned);
  }

  private Attempt ready(
      RuntimeDomain domain, InitOutcome.Ready outcome, String phase, long endNanos) {
    InitPhases phases = domain.phases(endNanos);
    runtimeDone(domain, outcome, phase, endNanos);
    if (phase.equals("init")) {
      domain.meter().initDone();
    }
    domain.drainOutput();
    long restored = domain.restoredNanos();
    report(outcome, restored == 0 ? phases.total() : restored - phases.startedNanos(), phase);
    log.publish(new RuntimeEvent.InitDone(endNanos, log.environmentId(), phases, null));
    long restore = restored(restored, endNanos, outcome);
    return new Attempt(outcome, phases, restore, Meter.Reading.NONE);
  }

  /** A failed one; after a restore the init itself has gone well. */
  private Attempt failed(RuntimeDomain domain, InitOutcome outcome, String phase, long endNanos) {
    long restored = domain.restoredNanos();
    boolean inRestore = outcome instanceof InitOutcome.RestoreFailed;
    InitOutcome ofInit = inRestore ? new InitOutcome.Ready(restored) : outcome;
    InitPhases phases = domain.phases(endNanos);
    runtimeDone(domain, ofInit, phase, inRestore ? restored : endNanos);
    domain.meter().sample(endNanos);
    end(domain, outcome);
    Meter.Reading reading = domain.meter().last();
    report(ofInit, inRestore ? restored - phases.startedNanos() : phases.total(), phase);
    if (inRestore) {
      restored(restored, endNanos, outcome);
    }
    String type = Failures.initErrorType(outcome);
    log.publish(
        new RuntimeEvent.InitDone(
            endNanos, log.environmentId(), phases, type == null ? ErrorPayload.TIMED_OUT : type));
    return new Attempt(outcome, phases, Attempt.NO_RESTORE, reading);
  }

  private void runtimeDone(RuntimeDomain domain, InitOutcome outcome, String phase, long nanos) {
    ImportTimes imports = domain.imports();
    if (imports != null) {
      log.publish(new RuntimeEvent.ImportsMeasured(nanos, log.environmentId(), imports));
    }
    log.platform(events.initRuntimeDone(nanos, phase, outcome));
    domain.extensions().forEach(extension -> log.platform(events.extension(nanos, extension)));
  }

  /** Reports the restore that was part of an init with SnapStart. */
  private long restored(long fromNanos, long endNanos, InitOutcome outcome) {
    if (fromNanos == 0) {
      return Attempt.NO_RESTORE;
    }
    String version = settings.plan().runtimeVersion();
    log.platform(events.restoreStart(fromNanos, version, versionArn(version)));
    log.platform(events.restoreRuntimeDone(endNanos, outcome));
    log.platform(events.restoreReport(endNanos, outcome, endNanos - fromNanos));
    return endNanos - fromNanos;
  }

  private static String versionArn(String version) {
    return "arn:aws:lambda:" + DeployedFunction.REGION + "::runtime:" + sha256(version);
  }

  private static void end(RuntimeDomain domain, InitOutcome outcome) {
    if (outcome instanceof InitOutcome.Failed) {
      domain.awaitExit(EXIT_NANOS);
    }
    domain.end(Failures.initStatus(outcome).equals("timeout") ? "timeout" : "failure");
  }

  private static InitOutcome await(
      RuntimeDomain domain, long untilNanos, long restoreNanos, Invocation invocation) {
    if (invocation.isDone()) {
      domain.endInit(new InitOutcome.Abandoned());
    }
    try {
      InitOutcome failed = domain.launch(untilNanos);
      return failed != null ? failed : domain.awaitInit(untilNanos, restoreNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      invocation.complete(Failures.cancelled());
      domain.endInit(new InitOutcome.Abandoned());
      return new InitOutcome.Abandoned();
    }
  }

  private void report(InitOutcome outcome, long nanos, String phase) {
    if (!(outcome instanceof InitOutcome.Abandoned)) {
      log.platform(events.initReport(System.nanoTime(), phase, outcome, nanos));
    }
  }

  /** What really runs, in the form of Lambda's line; the digest stands for that version. */
  private void initStart(long nanos, String phase) {
    String version = settings.plan().runtimeVersion();
    log.platform(events.initStart(nanos, phase, version, versionArn(version)));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
