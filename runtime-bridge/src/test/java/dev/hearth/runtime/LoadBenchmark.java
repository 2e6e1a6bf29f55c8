package dev.hearth.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The load that the product promises to stand: 1,000 parallel calls, 10,000 in all, the exact count
 * of throttles, 100 kills under asynchronous load. Arguments: parallel clients (1,000), calls of
 * each (10), events (2,000), kills (100). Ends with 1 when something is lost.
 */
public final class LoadBenchmark {
  private LoadBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int clients = argument(arguments, 0, 1_000);
    int each = argument(arguments, 1, 10);
    int events = argument(arguments, 2, 2_000);
    int kills = argument(arguments, 3, 100);
    Path folder = Files.createTempDirectory("hearth-load");
    long start = System.nanoTime();
    LoadProof.Counted calls = LoadProof.calls(folder, clients, each);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s in %.1f s, %.0f /s%n", calls, seconds, clients * each / seconds);
    LoadProof.Counted burst = LoadProof.burst(folder, Math.min(200, clients), 5_000);
    System.out.println(burst);
    start = System.nanoTime();
    LoadProof.Delivered delivered = LoadProof.kills(folder, events, kills, 1);
    System.out.printf("%s in %.1f s%n", delivered, (System.nanoTime() - start) / 1e9);
    boolean good =
        calls.succeeded() == clients * each
            && calls.overlaps() == 0
            && burst.throttled() == 5_000
            && delivered.lost() == 0
            && delivered.overlaps() == 0;
    System.exit(good ? 0 : 1);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }
}
