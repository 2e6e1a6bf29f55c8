import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The start of the program on Linux: a cache of prepared classes, and a script that uses it. */
final class LinuxProgram {
  /** A JVM's complaints go beside the payload on standard output, never into it. */
  private static final List<String> QUIET = List.of("-Xlog:disable", "-Xlog:all=error:stderr");

  /**
   * The cache stands in memory where it was made for, so that its pages stay those of the file;
   * elsewhere every page with an address in it would be changed and be the process's own, at each
   * start.
   */
  private static final List<String> IN_PLACE =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

  private static final int TRAINING_SECONDS = 300;
  private static final int BUFFER = 1 << 16;

  private final Path image;
  private final Path app;
  private final List<String> jvmOptions;
  private final List<String> jars;

  LinuxProgram(Path image, List<String> jvmOptions) throws IOException {
    this.image = image;
    this.app = image.resolve("lib/app");
    this.jvmOptions = jvmOptions;
    try (Stream<Path> files = Files.list(app)) {
      this.jars =
          files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".jar")).toList();
    }
  }

  /**
   * Runs what a user does first, so that the JVM can keep the classes it needed as they are after
   * loading and linking. Without the cache Hearth runs as well and starts more slowly.
   *
   * @param part {@code commands} or {@code window}: all classes of a cache are loaded at each
   *     start, so that one for both would slow a command down
   * @param scratch a folder for the files of the run, which is not there yet
   */
  void train(String part, Path scratch) throws IOException, InterruptedException {
    Files.createDirectories(scratch);
    Path cache = app.resolve(part + ".aot");
    List<String> command = new ArrayList<>();
    command.add(image.resolve("lib/runtime/bin/java").toString());
    command.add("-XX:AOTCacheOutput=" + cache);
    command.addAll(jvmOptions);
    command.add("-Duser.home=" + scratch);
    command.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
    command.addAll(List.of("-cp", classPath(app.toString())));
    command.addAll(List.of("dev.hearth.app.Rehearsal", part, scratch.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
    builder.environment().keySet().removeIf(LinuxProgram::isTheUsers);
    Path log = scratch.resolve("training.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    if (ended && process.exitValue() == 0 && Files.exists(cache)) {
      pack(cache);
    } else {
      System.err.println(
          "Hearth will start more slowly, as no " + cache.getFileName() + " was made:");
      System.err.print(Files.readString(log));
    }
    Files.deleteIfExists(cache);
  }

  /**
   * A cache is a third of its size when packed; the script unpacks it for each user at the first
   * start, which takes less time than a start without.
   */
  private static void pack(Path cache) throws IOException {
    Path packed = cache.resolveSibling(cache.getFileName() + ".gz");
    try (OutputStream out = new TightGzip(Files.newOutputStream(packed))) {
      Files.copy(cache, out);
    }
  }

  private static final class TightGzip extends GZIPOutputStream {
    TightGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static boolean isTheUsers(String variable) {
    return variable.startsWith("XDG_")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS");
  }

  /**
   * Puts the script in the place of jpackage's launcher. Caches of one version from two builds
   * differ, so their unpacked names carry a checksum.
   */
  void writeScript(Path template, String version) throws IOException {
    List<String> options = new ArrayList<>(QUIET);
    options.addAll(IN_PLACE);
    options.addAll(jvmOptions);
    String script =
        Files.readString(template)
            .replace("@JVM_OPTIONS@", String.join(" ", options))
            .replace("@BUILD@", version + "-" + checksum())
            .replace("@CLASS_PATH@", classPath("$app"));
    Path launcher = image.resolve("bin/hearth");
    Files.delete(launcher);
    Files.writeString(launcher, script);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.delete(image.resolve("lib/libapplauncher.so"));
    Files.delete(app.resolve("hearth.cfg"));
  }

  private String checksum() throws IOException {
    CRC32 sum = new CRC32();
    for (String part : List.of("commands.aot.gz", "window.aot.gz")) {
      Path packed = app.resolve(part);
      if (Files.exists(packed)) {
        sum.update(Files.readAllBytes(packed));
      }
    }
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private String classPath(String folder) {
    return jars.stream().sorted().map(jar -> folder + "/" + jar).collect(Collectors.joining(":"));
  }
}
