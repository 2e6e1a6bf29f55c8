package dev.hearth.app.bench.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * The window of the runnable program beside the smallest JavaFX program, on the same Java and in
 * one run: from the start of the process to a handler that can be edited, resident memory after a
 * minute, and processor time of a minute at rest. Linux, with a display. Arguments: the program,
 * how many starts (9), seconds until the memory is read and then at rest (60).
 */
public final class StartBenchmark {
  private static final Pattern LINE = Pattern.compile("(\\w+) (\\d+)");

  /** The places of the program's script that are others here. */
  private static final String ROOT = "root=$(cd \"${program%/*}/..\" && pwd) || exit 3";

  private static final String MAIN = "\" dev.hearth.app.Main \"$@\"";

  /** The variable with the time at which the script was started. */
  private static final String BEGIN = "HEARTH_START";

  private final Path program;
  private final Path home = Files.createTempDirectory("hearth-start");

  /** What a start printed, in milliseconds, and what the process took. */
  private record Figures(Map<String, Double> phases, double residentMb, double restingMillis) {}

  private StartBenchmark(Path program) throws IOException {
    this.program = program.toRealPath();
  }

  public static void main(String[] arguments) throws Exception {
    int starts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60;
    new StartBenchmark(Path.of(arguments[0])).run(starts, seconds, seconds);
  }

  private void run(int starts, int settle, int rest) throws Exception {
    System.out.printf(
        "%d processors, load %.1f, medians of %d starts%n",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        starts);
    List<Map<String, Double>> hello = new ArrayList<>();
    List<Map<String, Double>> hearth = new ArrayList<>();
    // The first start of each unpacks caches and reads files from the disk.
    start("hello", 0, 0);
    start("hearth", 0, 0);
    for (int i = 0; i < starts; i++) {
      hello.add(start("hello", 0, 0).phases());
      hearth.add(start("hearth", 0, 0).phases());
    }
    for (String phase : List.of("main", "window", "usable", "complete")) {
      row("start to " + phase + ", ms", median(hearth, phase), median(hello, phase));
    }
    Figures floor = start("hello", settle, rest);
    Figures own = start("hearth", settle, rest);
    row("resident after " + settle + " s, MB", own.residentMb(), floor.residentMb());
    row("processor in " + rest + " s at rest, ms", own.restingMillis(), floor.restingMillis());
  }

  private static void row(String what, double own, double floor) {
    System.out.printf(
        "%-34s hearth %6.0f   bare stage %6.0f   %.2f x%n", what, own, floor, own / floor);
  }

  private static double median(List<Map<String, Double>> all, String phase) {
    double[] sorted =
        all.stream().mapToDouble(one -> one.getOrDefault(phase, Double.NaN)).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Both programs have the flags, the class path and the prepared classes of the script. */
  private Figures start(String what, int settle, int rest) throws Exception {
    Process process = launch(what);
    try (BufferedReader out = process.inputReader()) {
      Map<String, Double> phases = new HashMap<>();
      for (String line = out.readLine();
          line != null && !phases.containsKey("complete");
          line = phases.containsKey("complete") ? line : out.readLine()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          phases.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
        }
      }
      if (!phases.containsKey("complete")) {
        throw new IOException(what + " opened no window: is there a display?");
      }
      TimeUnit.SECONDS.sleep(settle);
      double resident = settle == 0 ? 0 : residentMb(process.pid());
      long before = processorMillis(process);
      TimeUnit.SECONDS.sleep(rest);
      return new Figures(phases, resident, processorMillis(process) - before);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** Both programs are started by the script of the image, which gets another main class. */
  private Process launch(String what) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", script(what).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("HEARTH_CONFIG_DIR", home.toString());
    builder.environment().put(BEGIN, String.valueOf(System.nanoTime()));
    return builder.start();
  }

  private Path script(String what) throws IOException {
    Path copy = home.resolve(what + ".sh");
    if (!Files.exists(copy)) {
      String main = ":%s\" %s %s \"$%s\"";
      Files.writeString(
          copy,
          replaced(
              replaced(Files.readString(program), ROOT, "root=" + program.getParent().getParent()),
              MAIN,
              main.formatted(probe(), StartProbe.class.getName(), what, BEGIN)));
    }
    return copy;
  }

  private String replaced(String script, String part, String other) throws IOException {
    if (!script.contains(part)) {
      throw new IOException(program + " is no script of this build: it lacks " + part);
    }
    return script.replace(part, other);
  }

  /** The JVM takes prepared classes only when all of its class path is jars. */
  private Path probe() throws IOException {
    Path jar = home.resolve("probe.jar");
    if (!Files.exists(jar)) {
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        for (Class<?> type : List.of(StartProbe.class, StartProbe.Watch.class, HelloStage.class)) {
          String name = type.getName().replace('.', '/') + ".class";
          out.putNextEntry(new ZipEntry(name));
          try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            in.transferTo(out);
          }
        }
      }
    }
    return jar;
  }

  private static double residentMb(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6)
        .sum();
  }

  private static long processorMillis(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }
}
