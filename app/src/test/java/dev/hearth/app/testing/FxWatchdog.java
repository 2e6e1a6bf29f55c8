package dev.hearth.app.testing;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;

/**
 * Finds work that holds up the FX thread for longer than DESIGN.md section 5 allows. A marker goes
 * through the FX queue every few milliseconds; what the FX thread computed between two markers is
 * the longest that a key or a frame had to wait. It counts processor time of that thread alone, so
 * that a busy machine makes nobody fail, and leaves out what happens once in a program: the loading
 * of classes, and code that is not compiled yet; and what no desktop does, the copying of pixels by
 * the headless platform.
 */
final class FxWatchdog {
  /**
   * What DESIGN.md allows, times what code takes longer that is compiled only in part. Where the
   * core is slower than the one it was found on, it grows with a piece of work measured right then.
   */
  private static final long LIMIT_NANOS = 700_000_000;

  /** What {@link #unit} takes of a core that has nothing else to do. */
  private static final long UNIT_NANOS = 12_000_000;

  private static final long PERIOD_MILLIS = 10;
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
  private static final String PLATFORM = "com.sun.glass.ui.headless.HeadlessWindow";

  /** More new classes than this in one stretch: something ran for the first time. */
  private static final int FIRST_TIME_CLASSES = 5;

  /** Until the FX thread has computed this long, the toolkit itself is hardly compiled. */
  static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(8);

  private static final int FRAMES = 12;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fx-watchdog");
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> late = new ArrayList<>();
  private final Thread fxThread;
  private final long warmNanos;
  private final DoubleSupplier slowness;
  private volatile boolean underWay;
  private volatile long sentAt;
  private volatile String seen = "";
  private final AtomicInteger samples = new AtomicInteger();
  private final AtomicInteger inPlatform = new AtomicInteger();
  private long cpu;
  private long loaded;

  /**
   * Made on the FX thread.
   *
   * @param warmNanos processor time of the FX thread before which nothing counts
   */
  FxWatchdog(long warmNanos) {
    this(warmNanos, FxWatchdog::slowness);
  }

  /**
   * @param slowness of the core in relation to the one that the limit was found on, 1 or more
   */
  FxWatchdog(long warmNanos, DoubleSupplier slowness) {
    this.warmNanos = warmNanos;
    this.slowness = slowness;
    fxThread = Thread.currentThread();
    restart();
    clock.scheduleAtFixedRate(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (!underWay) {
      underWay = true;
      sentAt = System.nanoTime();
      Platform.runLater(this::marker);
    } else if (System.nanoTime() - sentAt > 2 * PERIOD_NANOS) {
      sample(fxThread.getStackTrace());
    }
  }

  private void sample(StackTraceElement[] stack) {
    samples.incrementAndGet();
    if (Stream.of(stack).anyMatch(frame -> frame.getClassName().startsWith(PLATFORM))) {
      inPlatform.incrementAndGet();
    } else {
      seen =
          Stream.of(stack)
              .limit(FRAMES)
              .map(StackTraceElement::toString)
              .collect(Collectors.joining("\n    "));
    }
  }

  private void marker() {
    long used = own(threads.getCurrentThreadCpuTime() - cpu);
    long fresh = classes.getTotalLoadedClassCount() - loaded;
    if (used > LIMIT_NANOS
        && fresh <= FIRST_TIME_CLASSES
        && cpu > warmNanos
        && used > LIMIT_NANOS * slowness.getAsDouble()) {
      late.add(used / 1_000_000 + " ms, last seen at\n    " + seen);
    }
    restart();
    underWay = false;
  }

  /** How many times longer than elsewhere a known piece of work takes here and now; 1 or more. */
  private static double slowness() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long before = clock.getCurrentThreadCpuTime();
    int words = unit();
    long taken = clock.getCurrentThreadCpuTime() - before;
    return Math.max(1, words > 0 ? (double) taken / UNIT_NANOS : 1);
  }

  /** Strings, hashing, sorting, garbage: what an interface computes, too. */
  private static int unit() {
    Map<String, Integer> words = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      words.merge(Integer.toString(i * 7919 % 5003, Character.MAX_RADIX), i, Integer::sum);
    }
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(words.entrySet());
    sorted.sort(Map.Entry.comparingByValue());
    return sorted.size();
  }

  /** Without the part in which the headless platform was seen. */
  private long own(long used) {
    int all = samples.getAndSet(0);
    int platform = inPlatform.getAndSet(0);
    return all == 0 ? used : used * Math.max(0, all - platform) / all;
  }

  /** What was computed up to now does not count, e.g. because the test itself did it. FX thread. */
  void restart() {
    cpu = threads.getCurrentThreadCpuTime();
    loaded = classes.getTotalLoadedClassCount();
  }

  void stop() {
    clock.shutdownNow();
  }

  /** The stretches that were too long since the last call. FX thread. */
  List<String> takeLate() {
    List<String> all = List.copyOf(late);
    late.clear();
    return all;
  }
}
