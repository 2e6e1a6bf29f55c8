package dev.hearth.app.soak;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.InvocationService.Invocation;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The mixed load: calls that succeed and that fail in every way, asynchronous ones, kills from
 * outside, cancellations, changes of configuration and code. It remembers what was accepted, so
 * that nothing can be lost unseen.
 */
final class SoakLoad {
  private static final int IN_FLIGHT = 6;
  private static final int WAIT_SECONDS = 90;

  /**
   * What is said of an environment whose first process we have just killed: by the kernel when it
   * is to start a program in its namespace, or by us who wait for it.
   */
  private static final Pattern KILLED_AT_ITS_START =
      Pattern.compile("cannot allocate memory|ended before it was ready");

  private final Random random;
  private final Map<String, Integer> done = new TreeMap<>();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final List<String> unseen = new ArrayList<>();
  private final List<CompletableFuture<?>> flying = new ArrayList<>();
  private ProjectSession session;
  private List<FunctionDefinition> functions;
  private long accepted;
  private final AtomicInteger kills = new AtomicInteger();
  private int changes;

  SoakLoad(ProjectSession session, long seed) {
    this.random = new Random(seed);
    use(session);
  }

  void use(ProjectSession opened) {
    session = opened;
    functions = opened.functions().list();
  }

  /** One random act; returns when fewer than {@value #IN_FLIGHT} calls are under way. */
  void act() throws Exception {
    int dice = random.nextInt(1000);
    if (dice < 900) {
      invoke(kind());
    } else if (dice < 940) {
      queue();
    } else if (dice < 960) {
      cancelled();
    } else if (dice < 975) {
      kill();
    } else if (dice < 990) {
      configure();
    } else if (dice < 996) {
      edit();
    } else {
      count("environments stopped");
      session.invocations().stopEnvironments(any().name());
    }
    flying.removeIf(CompletableFuture::isDone);
    if (flying.size() >= IN_FLIGHT) {
      CompletableFuture.anyOf(flying.toArray(CompletableFuture[]::new))
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private String kind() {
    int dice = random.nextInt(100);
    return dice < 80
        ? "echo"
        : dice < 88 ? "fail" : dice < 93 ? "log" : dice < 98 ? "exit" : "late";
  }

  private FunctionDefinition any() {
    return functions.get(random.nextInt(functions.size()));
  }

  private Invocation invoke(String kind) {
    String event = "{\"do\":\"%s\",\"n\":%d}".formatted(kind, accepted);
    int killsBefore = kills.get();
    Invocation call = session.invocations().invoke(any().id(), event);
    unseen.add(call.requestId());
    accepted++;
    count(kind);
    flying.add(
        call.result()
            .whenComplete(
                (result, failure) ->
                    check(kind, event, result, failure, kills.get() > killsBefore)));
    return call;
  }

  /** A call may be killed from outside at any time; but an answer must be the one to its event. */
  private void check(
      String kind, String event, InvokeResult result, Throwable failure, boolean killing) {
    if (failure != null) {
      problems.add("A call was not tried: " + failure);
    } else if (result.outcome() instanceof InvokeOutcome.Succeeded(byte[] payload)) {
      String answer = new String(payload, StandardCharsets.UTF_8).replace(" ", "");
      if (!answer.equals(event) || kind.equals("fail") || kind.equals("exit")) {
        problems.add("Asked " + event + ", answered " + answer);
      }
    } else if (result.outcome() instanceof InvokeOutcome.CouldNotRun(String message)
        && !(killing && KILLED_AT_ITS_START.matcher(message).find())) {
      problems.add("Could not run: " + message);
    }
  }

  private void queue() {
    unseen.add(session.queues().invoke(any().id(), "{\"do\":\"echo\",\"n\":-1}"));
    accepted++;
    count("queued");
  }

  private void cancelled() {
    Invocation call = invoke("late");
    session.invocations().cancel(call.requestId());
    count("cancelled");
  }

  private void kill() {
    List<ProcessHandle> processes = SoakSample.environmentProcesses();
    if (!processes.isEmpty()) {
      kills.incrementAndGet();
      processes.get(random.nextInt(processes.size())).destroyForcibly();
      count("killed");
    }
  }

  private void configure() {
    FunctionDefinition function = any();
    int memory = 256 + 64 * random.nextInt(8);
    var changed =
        function
            .configuration()
            .withMemorySize(memory)
            .withEnvironment(Map.of("CHANGE", String.valueOf(changes++)));
    session.functions().update(function.withConfiguration(changed));
    use(session);
    count("configuration changed");
  }

  private void edit() {
    FunctionDefinition function = any();
    String path = session.functions().files(function.id()).getFirst().path();
    String comment = path.endsWith(".js") || path.endsWith(".java") ? "//" : "#";
    String text = session.functions().read(function.id(), path);
    String kept = text.replaceAll("(?m)^(//|#) change \\d+\\n", "");
    session.functions().write(function.id(), path, kept + comment + " change " + changes++ + "\n");
    count("code changed");
  }

  /** Waits for all that is under way, also in the queue, and ends all environments. */
  void settle() throws Exception {
    CompletableFuture.allOf(flying.toArray(CompletableFuture[]::new))
        .exceptionally(failure -> null)
        .get(WAIT_SECONDS, TimeUnit.SECONDS);
    flying.clear();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    session.virtualClock().setSpeed(100);
    while (!session.queues().pending(1).isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("Still queued: " + session.queues().pending(10));
      }
      Thread.sleep(100);
    }
    session.virtualClock().setSpeed(1);
    functions.forEach(function -> session.invocations().stopEnvironments(function.name()));
    while (!SoakSample.environmentProcesses().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
  }

  /** Compares what was accepted with what the project holds. */
  List<String> lost() {
    long stored = session.history().count();
    // A queued event that was killed is tried again: there may be more tries than events.
    if (stored < accepted) {
      problems.add("%d calls were accepted, %d are stored".formatted(accepted, stored));
    }
    for (String id : unseen) {
      if (session.history().detail(id).isEmpty()) {
        problems.add("The call " + id + " left no trace");
      }
    }
    unseen.clear();
    List<String> all = List.copyOf(problems);
    problems.clear();
    return all;
  }

  private void count(String what) {
    done.merge(what, 1, Integer::sum);
  }

  long accepted() {
    return accepted;
  }

  Map<String, Integer> done() {
    return done;
  }
}
