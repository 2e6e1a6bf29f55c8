import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Uses the runnable image as somebody would who has just unpacked it: commands by its own script,
 * every family of the sample project, the window without a display. A program of its own for the
 * same reason as {@link BuildImage}.
 */
final class SmokeTest {
  private static final int LIMIT_SECONDS = 300;
  private static final int LIMIT_MEGABYTES = 120;

  /** The sample's functions and what they need on the machine; the rest Hearth brings along. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "orders-api",
          "python",
          "resize-image",
          "nodejs",
          "nightly-report",
          "",
          "edge-rewrite",
          "");

  private record Ended(int code, String out, String err) {}

  private final Path image;
  private final Path home;

  private SmokeTest(Path image, Path home) {
    this.image = image;
    this.home = home;
  }

  /** Arguments: the image, a folder for what it writes, the version. */
  static void main(String[] args) throws IOException, InterruptedException {
    Path home = Path.of(args[1]);
    if (!System.getProperty("os.name").equals("Linux")) {
      System.out.println("The image is tried on Linux only");
      return;
    }
    delete(home);
    Files.createDirectories(home);
    SmokeTest test = new SmokeTest(Path.of(args[0]), home);
    test.size();
    test.commands(args[2]);
    test.window();
    delete(home);
  }

  private void commands(String version) throws IOException, InterruptedException {
    expect(hearth("--version"), 0, "hearth " + version);
    cache(version);
    Ended windowless = hearth();
    expect(windowless, 3, "");
    check(windowless.err.contains("no display"), "a start without a display says so", windowless);
    String project = home.resolve("smoke.hearth").toString();
    expect(hearth("new", project, "--template", "sample"), 0, "smoke.hearth");
    expect(hearth("list", "--project", project), 0, "orders-api");
    String found = hearth("runtimes", "--json").out;
    int calls = 0;
    for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
      if (!found.contains("\"family\":\"" + function.getValue())) {
        System.out.println(function.getKey() + " not tried: no " + function.getValue() + " here");
        continue;
      }
      expect(
          hearth("invoke", function.getKey(), "--project", project, "--json"),
          0,
          "\"status\":\"ok\"");
      calls++;
    }
    Ended history = hearth("history", "--project", project, "--json");
    check(history.out.lines().count() == calls, calls + " calls are stored", history);
    expect(hearth("invoke", "nobody", "--project", project), 2, "");
    System.out.println("The image's commands work: " + calls + " functions called");
  }

  /** The JVM complains on standard error about a cache that it can't use. */
  private void cache(String version) throws IOException, InterruptedException {
    Ended second = hearth("--version");
    check(second.err.isEmpty(), "a start says nothing on standard error", second);
    try (Stream<Path> unpacked = Files.list(home.resolve("cache/start"))) {
      String name = "commands-" + version + "-.*\\.aot";
      check(
          unpacked.anyMatch(file -> file.getFileName().toString().matches(name)),
          "the first start unpacks its cache",
          second);
    }
  }

  private void size() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    long megabytes = bytes >> 20;
    if (megabytes > LIMIT_MEGABYTES && SmallerRuntime.hasObjcopy()) {
      throw new IllegalStateException(
          "The image has " + megabytes + " MB, more than " + LIMIT_MEGABYTES);
    }
    System.out.println(
        "The image has "
            + megabytes
            + " MB"
            + (SmallerRuntime.hasObjcopy() ? "" : ", less with objcopy installed (binutils)"));
  }

  /** The window of the image draws, opens the sample and calls a function by Ctrl+Enter. */
  private void window() throws IOException, InterruptedException {
    Path folder = home.resolve("window");
    List<String> command = new ArrayList<>();
    command.add(image.resolve("lib/runtime/bin/java").toString());
    command.addAll(options());
    command.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
    command.addAll(List.of("-cp", image.resolve("lib/app") + "/*"));
    command.addAll(List.of("dev.hearth.app.Rehearsal", "window", folder.toString()));
    expect(run(command), 0, "");
    Ended history =
        hearth("history", "--project", folder.resolve("data/sample.hearth").toString(), "--json");
    expect(history, 0, "\"functionName\"");
    System.out.println("The image's window works");
  }

  /** What the program's script gives to Java. */
  private List<String> options() throws IOException {
    String last = Files.readAllLines(image.resolve("bin/hearth")).getLast();
    return Stream.of(last.split(" ")).filter(word -> word.startsWith("-")).toList();
  }

  private Ended hearth(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(image.resolve("bin/hearth").toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HEARTH_CONFIG_DIR", home.toString());
    builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
    Path err = home.resolve("err.txt");
    Path out = home.resolve("out.txt");
    Process process = builder.redirectError(err.toFile()).redirectOutput(out.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static void expect(Ended ended, int code, String out) {
    check(ended.code == code, "it ends with " + code, ended);
    check(ended.out.contains(out), "it prints " + out, ended);
  }

  private static void check(boolean holds, String what, Ended ended) {
    if (!holds) {
      throw new IllegalStateException("Not so: " + what + ". " + ended);
    }
  }

  /** What a killed program leaves, its helper removes at the same time. */
  private static void delete(Path folder) throws IOException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (Files.exists(folder)) {
      try {
        deleteOnce(folder);
      } catch (NoSuchFileException | DirectoryNotEmptyException | UncheckedIOException e) {
        if (System.nanoTime() - until > 0) {
          throw e;
        }
      }
    }
  }

  private static void deleteOnce(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
