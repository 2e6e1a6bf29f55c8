package dev.hearth.app.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds at a moment when nothing runs. Whatever of it grows from moment to moment
 * is lost.
 *
 * @param heapKb after a garbage collection
 * @param residentKb of this process
 * @param processes of environments that still live
 * @param files below the folder of the environments
 */
record SoakSample(
    long calls,
    long heapKb,
    long residentKb,
    int threads,
    int descriptors,
    int processes,
    int mounts,
    int files) {
  static final String TITLE =
      "   calls  heap MB  resident MB  threads  descriptors  processes  mounts  files";

  static SoakSample take(long calls, Path environments) throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(300);
    }
    Runtime runtime = Runtime.getRuntime();
    return new SoakSample(
        calls,
        (runtime.totalMemory() - runtime.freeMemory()) >> 10,
        resident(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        entries(Path.of("/proc/self/fd")),
        environmentProcesses().size(),
        lines(Path.of("/proc/self/mounts")),
        below(environments));
  }

  /** All that this process has started, but for the sandbox's own watchdog, an awk that stays. */
  static List<ProcessHandle> environmentProcesses() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().filter(c -> c.contains("awk")).isEmpty())
        .toList();
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static int entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    }
  }

  private static int lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private static int below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return (int) files.count();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  String row() {
    return "%8d %8.1f %12.1f %8d %12d %10d %7d %6d"
        .formatted(
            calls,
            heapKb / 1024.0,
            residentKb / 1024.0,
            threads,
            descriptors,
            processes,
            mounts,
            files);
  }

  /** What the last third of the samples holds more than the first, beyond what may vary. */
  static List<String> growth(List<SoakSample> samples) {
    int third = Math.max(1, samples.size() / 3);
    List<SoakSample> first = samples.subList(0, third);
    List<SoakSample> last = samples.subList(samples.size() - third, samples.size());
    return Stream.of(
            grown("heap, KB", first, last, SoakSample::heapKb, 16 << 10),
            grown("resident memory, KB", first, last, SoakSample::residentKb, 48 << 10),
            grown("threads", first, last, SoakSample::threads, 4),
            grown("descriptors", first, last, SoakSample::descriptors, 6),
            grown("processes", first, last, SoakSample::processes, 0),
            grown("mounts", first, last, SoakSample::mounts, 0),
            grown("files of environments", first, last, SoakSample::files, 4))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private interface Figure {
    long of(SoakSample sample);
  }

  private static String grown(
      String what, List<SoakSample> first, List<SoakSample> last, Figure figure, long allowed) {
    long before = median(first, figure);
    long after = median(last, figure);
    return after - before > allowed ? "%s grew from %d to %d".formatted(what, before, after) : "";
  }

  private static long median(List<SoakSample> samples, Figure figure) {
    long[] sorted = samples.stream().mapToLong(figure::of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
