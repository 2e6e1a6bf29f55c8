package dev.hearth.runtime;

import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.MemoryInvokeStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Loads a local Lambda with real processes and counts what comes back; at any size. */
final class LoadProof {
  private static final byte[] COUNT = "\"count\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SLEEP = "\"sleep 20\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HANG = "\"hang\"".getBytes(StandardCharsets.UTF_8);
  static final String DONE = "arn:aws:sqs:us-east-1:000000000000:done";
  static final String FAILED = "arn:aws:sqs:us-east-1:000000000000:failed";

  /** Fewer waiting events than this are no load: more are accepted as long as there are kills. */
  private static final int UNDER_LOAD = 100;

  private LoadProof() {}

  /**
   * What was counted.
   *
   * @param overlaps calls that began on an environment that served another one
   * @param most calls that ran at the same time
   */
  record Counted(
      int succeeded, int throttled, int other, int overlaps, int most, int environments) {}

  /** Follows calls by the events alone: which environment serves how many. */
  private static final class Watch {
    private final Map<String, String> serving = new ConcurrentHashMap<>();
    private final Set<String> environments = ConcurrentHashMap.newKeySet();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    void on(RuntimeEvent event) {
      if (event instanceof RuntimeEvent.InvokeStarted started) {
        environments.add(started.environmentId());
        if (serving.put(started.environmentId(), started.requestId()) != null) {
          overlaps.incrementAndGet();
        }
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
      } else if (event instanceof RuntimeEvent.InvokeDone done
          && done.result().environmentId() != null
          && serving.remove(done.result().environmentId(), done.result().requestId())) {
        running.decrementAndGet();
      }
    }
  }

  static FunctionConfiguration configuration() {
    return FunctionConfiguration.of("load", RuntimeIdentifier.parse("provided.al2023"), "init.ok")
        .withTimeout(60);
  }

  /** Clients that call one after the other, all clients at the same time. */
  static Counted calls(Path folder, int clients, int callsEach) throws InterruptedException {
    Watch watch = new Watch();
    List<InvokeOutcome> outcomes = new ArrayList<>();
    try (LocalLambda lambda = open(folder, VirtualClock.running(), new MemoryInvokeStore())) {
      lambda.subscribe(watch::on);
      lambda.deploy(TestBootstrap.function(configuration()));
      CountDownLatch ready = new CountDownLatch(clients);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < clients; i++) {
          threads.execute(
              () -> {
                ready.countDown();
                await(ready);
                for (int n = 0; n < callsEach; n++) {
                  InvokeResult result = lambda.invoke(InvokeRequest.of("load", COUNT));
                  synchronized (outcomes) {
                    outcomes.add(result.outcome());
                  }
                }
              });
        }
      }
    }
    return count(outcomes, watch);
  }

  /** Fills a reservation with calls that hang, then calls a number of times more at once. */
  static Counted burst(Path folder, int reserved, int above) throws InterruptedException {
    Watch watch = new Watch();
    List<InvokeOutcome> outcomes = new ArrayList<>();
    try (LocalLambda lambda = open(folder, VirtualClock.running(), new MemoryInvokeStore())) {
      CountDownLatch full = new CountDownLatch(reserved);
      lambda.subscribe(watch::on);
      lambda.subscribe(
          event -> {
            if (event instanceof RuntimeEvent.InvokeStarted) {
              full.countDown();
            }
          });
      lambda.deploy(TestBootstrap.function(configuration()));
      lambda.changeInvokeSettings("load", set -> set.withReservedConcurrency(reserved));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < reserved; i++) {
          threads.execute(() -> lambda.invoke(InvokeRequest.of("load", HANG)));
        }
        await(full);
        CountDownLatch left = new CountDownLatch(above);
        for (int i = 0; i < above; i++) {
          threads.execute(
              () -> {
                InvokeResult result = lambda.invoke(InvokeRequest.of("load", COUNT));
                synchronized (outcomes) {
                  outcomes.add(result.outcome());
                }
                left.countDown();
              });
        }
        await(left);
        lambda.stopEnvironments("load");
      }
    }
    return count(outcomes, watch);
  }

  private static Counted count(List<InvokeOutcome> outcomes, Watch watch) {
    int succeeded = 0;
    int throttled = 0;
    for (InvokeOutcome outcome : outcomes) {
      succeeded += outcome instanceof InvokeOutcome.Succeeded ? 1 : 0;
      throttled += outcome instanceof InvokeOutcome.Throttled ? 1 : 0;
    }
    return new Counted(
        succeeded,
        throttled,
        outcomes.size() - succeeded - throttled,
        watch.overlaps.get(),
        watch.most.get(),
        watch.environments.size());
  }

  /**
   * What became of accepted events.
   *
   * @param lost accepted, and no record tells of it
   * @param unknown a record of an event that nobody accepted
   */
  record Delivered(int accepted, int killed, int lost, int unknown, int failed, int overlaps) {}

  /** Accepts events and kills random runtime processes while they are worked on. */
  static Delivered kills(Path folder, int events, int kills, long seed)
      throws InterruptedException {
    VirtualClock clock = VirtualClock.pausedAt(Instant.parse("2026-03-01T10:00:00Z"));
    MemoryInvokeStore store = new MemoryInvokeStore();
    Watch watch = new Watch();
    Set<String> accepted = new HashSet<>();
    int killed = 0;
    try (LocalLambda lambda = open(folder, clock, store)) {
      lambda.subscribe(watch::on);
      lambda.deploy(TestBootstrap.function(configuration()));
      lambda.changeInvokeSettings(
          "load",
          set ->
              set.withEventInvokeConfig(
                  "$LATEST", new EventInvokeConfig(null, null, DONE, FAILED, Instant.EPOCH)));
      accept(lambda, events, accepted);
      Random random = new Random(seed);
      while (killed < kills || !lambda.eventQueue().pending().isEmpty()) {
        if (killed < kills && lambda.eventQueue().pending().size() < UNDER_LOAD) {
          accept(lambda, UNDER_LOAD, accepted);
        }
        killed += killed < kills && killOne(random) ? 1 : 0;
        moveOn(lambda, clock);
      }
    }
    return compare(accepted, store, killed, watch);
  }

  private static void accept(LocalLambda lambda, int events, Set<String> accepted) {
    for (int i = 0; i < events; i++) {
      String id = UUID.randomUUID().toString();
      lambda.invokeEvent(new InvokeRequest("load", SLEEP, id, null, null, null));
      accepted.add(id);
    }
  }

  /** When nothing is due, time goes on to the next attempt. */
  private static void moveOn(LocalLambda lambda, VirtualClock clock) {
    List<QueuedEvent> pending = lambda.eventQueue().pending();
    if (!pending.isEmpty() && pending.getFirst().nextAttemptAt() > clock.epochNanos()) {
      clock.advance(Duration.ofSeconds(30));
    }
    Thread.yield();
  }

  private static boolean killOne(Random random) {
    List<ProcessHandle> runtimes =
        ProcessHandle.current()
            .descendants()
            .filter(p -> p.info().command().orElse("").endsWith("/bootstrap"))
            .toList();
    return !runtimes.isEmpty() && runtimes.get(random.nextInt(runtimes.size())).destroyForcibly();
  }

  private static Delivered compare(
      Set<String> accepted, MemoryInvokeStore store, int killed, Watch watch) {
    Map<String, DeliveredRecord> told = new HashMap<>();
    store.delivered().forEach(record -> told.put(record.requestId(), record));
    Set<String> lost = new HashSet<>(accepted);
    lost.removeAll(told.keySet());
    Set<String> unknown = new HashSet<>(told.keySet());
    unknown.removeAll(accepted);
    long failed =
        told.values().stream().filter(r -> r.kind() == DeliveredRecord.Kind.ON_FAILURE).count();
    return new Delivered(
        accepted.size(), killed, lost.size(), unknown.size(), (int) failed, watch.overlaps.get());
  }

  private static LocalLambda open(Path folder, VirtualClock clock, MemoryInvokeStore store) {
    return TestLambda.open(
        LocalLambdaOptions.of(folder.resolve("scratch"), folder.resolve("cache"))
            .withClock(clock)
            .withStore(store));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
