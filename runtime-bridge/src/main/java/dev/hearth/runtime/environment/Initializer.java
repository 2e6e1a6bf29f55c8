package dev.hearth.runtime.environment;

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
    InitOutcome outcome = await(domain, begin + timeoutNanos, invocation);
    long end = outcome instanceof InitOutcome.Ready(long nanos) ? nanos : System.nanoTime();
    InitPhases phases = domain.phases(end);
    log.platform(events.initRuntimeDone(end, phase, outcome));
    domain.extensions().forEach(extension -> log.platform(events.extension(end, extension)));
    if (outcome instanceof InitOutcome.Ready) {
      if (phase.equals("init")) {
        domain.meter().initDone();
      }
      domain.drainOutput();
      report(outcome, phases.total(), phase);
      log.publish(new RuntimeEvent.InitDone(end, log.environmentId(), phases, null));
      return new Attempt(
          outcome, phases, restored(domain.restoredNanos(), end), Meter.Reading.NONE);
    }
    domain.meter().sample(end);
    failed(domain, outcome);
    Meter.Reading reading = domain.meter().last();
    report(outcome, phases.total(), phase);
    String type = Failures.initErrorType(outcome);
    log.publish(
        new RuntimeEvent.InitDone(
            end, log.environmentId(), phases, type == null ? ErrorPayload.TIMED_OUT : type));
    return new Attempt(outcome, phases, Attempt.NO_RESTORE, reading);
  }

  /** Reports the restore that was part of an init with SnapStart. */
  private long restored(long fromNanos, long endNanos) {
    if (fromNanos == 0) {
      return Attempt.NO_RESTORE;
    }
    String version = settings.plan().runtimeVersion();
    log.platform(events.restoreStart(fromNanos, version, versionArn(version)));
    log.platform(events.restoreRuntimeDone(endNanos));
    log.platform(events.restoreReport(endNanos, endNanos - fromNanos));
    return endNanos - fromNanos;
  }

  private static String versionArn(String version) {
    return "arn:aws:lambda:" + DeployedFunction.REGION + "::runtime:" + sha256(version);
  }

  private static void failed(RuntimeDomain domain, InitOutcome outcome) {
    if (outcome instanceof InitOutcome.Failed) {
      domain.awaitExit(EXIT_NANOS);
    }
    domain.end(outcome instanceof InitOutcome.TimedOut ? "timeout" : "failure");
  }

  private static InitOutcome await(RuntimeDomain domain, long untilNanos, Invocation invocation) {
    if (invocation.isDone()) {
      domain.endInit(new InitOutcome.Abandoned());
    }
    try {
      InitOutcome failed = domain.launch(untilNanos);
      return failed != null ? failed : domain.awaitInit(untilNanos - System.nanoTime());
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
