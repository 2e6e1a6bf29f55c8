package dev.hearth.app.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts a peer, calls it in every way that is compared, and ends it with all its processes. */
final class PeerRun {
  private static final int STARTS = 5;
  private static final long START_LIMIT = TimeUnit.SECONDS.toNanos(60);
  private static final int CLIENTS = 16;

  /**
   * What was measured; 0 where it was not.
   *
   * @param startMillis from the command to the first good answer: program and function cold
   * @param warmMicros one client, median
   * @param slowMicros one client, 99th percentile
   * @param perSecond of one client
   * @param parallelPerSecond of sixteen clients
   * @param memoryMb of all its processes after the calls, shared pages counted once
   */
  record Figures(
      double startMillis,
      double warmMicros,
      double slowMicros,
      double perSecond,
      double parallelPerSecond,
      double memoryMb) {}

  private final Peer peer;
  private final int calls;
  private final Path log;

  PeerRun(Peer peer, int calls, Path log) {
    this.peer = peer;
    this.calls = calls;
    this.log = log;
  }

  Figures run() throws Exception {
    double[] starts = new double[STARTS];
    for (int i = 0; i < STARTS - 1; i++) {
      Process process = start();
      try {
        starts[i] = firstAnswer(process);
      } finally {
        end(process);
      }
    }
    Process process = start();
    try {
      starts[STARTS - 1] = firstAnswer(process);
      Arrays.sort(starts);
      series(1, calls);
      long begin = System.nanoTime();
      double[] warm = series(1, calls);
      double perSecond = warm.length / seconds(begin);
      double parallel = 0;
      if (peer.parallel()) {
        series(CLIENTS, calls);
        begin = System.nanoTime();
        parallel = series(CLIENTS, calls).length / seconds(begin);
      }
      return new Figures(
          starts[STARTS / 2],
          warm[warm.length / 2],
          warm[warm.length * 99 / 100],
          perSecond,
          parallel,
          memory(process));
    } finally {
      end(process);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(peer.command()).directory(peer.folder().toFile());
    builder.environment().putAll(peer.variables());
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Milliseconds since the start of the process, up to the time in which a poll sees it. */
  private double firstAnswer(Process process) throws Exception {
    long begin = System.nanoTime();
    while (true) {
      try (PeerClient client = new PeerClient(peer)) {
        client.call();
        return (System.nanoTime() - begin) / 1e6;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT) {
          throw new IOException("gives no good answer (" + e.getMessage() + "), see " + log, e);
        }
        TimeUnit.MILLISECONDS.sleep(3);
      }
    }
  }

  /** Microseconds of all calls, sorted. */
  private double[] series(int clients, int total) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<double[]>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(() -> client(total / clients)));
      }
      double[] all = new double[0];
      for (Future<double[]> one : running) {
        double[] part = one.get(10, TimeUnit.MINUTES);
        int end = all.length;
        all = Arrays.copyOf(all, end + part.length);
        System.arraycopy(part, 0, all, end, part.length);
      }
      Arrays.sort(all);
      return all;
    }
  }

  private double[] client(int count) throws IOException {
    double[] micros = new double[count];
    try (PeerClient client = new PeerClient(peer)) {
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        client.call();
        micros[i] = (System.nanoTime() - begin) / 1e3;
      }
    }
    return micros;
  }

  private static double memory(Process process) throws IOException {
    double kilobytes = 0;
    for (ProcessHandle one :
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
      Path rollup = Path.of("/proc", String.valueOf(one.pid()), "smaps_rollup");
      if (Files.isReadable(rollup)) {
        kilobytes +=
            Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
      }
    }
    return kilobytes / 1024;
  }

  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
