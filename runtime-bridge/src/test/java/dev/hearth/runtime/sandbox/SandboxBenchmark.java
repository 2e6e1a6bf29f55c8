package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prints what each means of confinement costs and how exact it is, beside the goals and beside a
 * plain process of the same run. Arguments choose parts: {@code overshoot starts calls sampling
 * memory shares}.
 */
public final class SandboxBenchmark {
  /** One part of the run. */
  private interface Part {
    void run(BenchmarkFolders folders) throws Exception;
  }

  private SandboxBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, Part> parts = new LinkedHashMap<>();
    // First: the kernel's account of ended children keeps the largest only.
    parts.put("overshoot", MemoryAccuracy::overshoot);
    parts.put("starts", StartCosts::print);
    parts.put("calls", CallCosts::print);
    parts.put("sampling", SamplingCosts::print);
    parts.put("memory", MemoryAccuracy::print);
    parts.put("shares", ShareAccuracy::print);
    Set<String> wanted = arguments.length == 0 ? parts.keySet() : Set.of(arguments);
    if (!parts.keySet().containsAll(wanted)) {
      System.err.println("Parts are " + parts.keySet() + ", not " + wanted);
      System.exit(2);
    }
    machine();
    try (BenchmarkFolders folders = BenchmarkFolders.make()) {
      for (var part : parts.entrySet()) {
        if (wanted.contains(part.getKey())) {
          System.out.printf("%n-- %s%n", part.getKey());
          part.getValue().run(folders);
        }
      }
    }
    System.out.printf("%nload at the end %s%n", load());
    System.exit(0);
  }

  private static void machine() throws IOException {
    System.out.printf(
        "%d processors, Linux %s, Java %s, load %s, %s%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.version"),
        Runtime.version(),
        load(),
        Priority.raise() ? "ahead of other programs" : "no priority over other programs");
    try (Sandbox sandbox = Sandboxes.best()) {
      System.out.printf("means: %s%n", sandbox.description());
      System.out.printf("%s%n", sandbox.notLimited());
    }
  }

  private static String load() throws IOException {
    List<String> words = List.of(Files.readString(Path.of("/proc/loadavg")).split(" "));
    return String.join(" ", words.subList(0, 3));
  }
}
