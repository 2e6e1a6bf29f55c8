package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InitPhases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what a cold start was made of, by what is seen from here and what our clients report. */
final class InitClock {
  private static final Logger LOG = LoggerFactory.getLogger(InitClock.class);

  private final long startedNanos = System.nanoTime();
  private volatile long runningNanos;
  private volatile @Nullable Marks marks;

  /** The moments that our own clients report: first line, begin and end of loading the handler. */
  private record Marks(long boot, long importStart, long importEnd) {}

  /** The program of the runtime runs since then. */
  void running(long nanos) {
    runningNanos = nanos;
  }

  /** The text of {@code Hearth-Init-Phases}. */
  void reported(String text) {
    String[] parts = text.strip().split(",");
    try {
      marks =
          new Marks(
              Long.parseLong(parts[0].strip()),
              Long.parseLong(parts[1].strip()),
              Long.parseLong(parts[2].strip()));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      LOG.debug("Init phases \"{}\" are not three numbers", text);
    }
  }

  InitPhases phases(long endNanos) {
    // On a busy machine the program may be ahead of the thread that notes when it started.
    long running = runningNanos == 0 ? endNanos : Math.min(runningNanos, endNanos);
    Marks reported = marks;
    if (reported != null && startedNanos <= reported.boot()) {
      running = Math.min(running, reported.boot());
    }
    long boot = InitPhases.UNMEASURED;
    long imported = InitPhases.UNMEASURED;
    if (reported != null
        && running <= reported.importStart()
        && reported.importStart() <= reported.importEnd()
        && reported.importEnd() <= endNanos) {
      boot = reported.importStart() - running;
      imported = reported.importEnd() - reported.importStart();
    }
    return new InitPhases(
        startedNanos, endNanos - startedNanos, running - startedNanos, boot, imported);
  }
}
