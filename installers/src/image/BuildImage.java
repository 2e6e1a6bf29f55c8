import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Builds the runnable image: a Java runtime with JavaFX inside and the program beside it.
 *
 * <p>A program of its own because Maven may have been started by an older JDK, while the tools must
 * be those of the JDK that goes into the image.
 */
final class BuildImage {
  /**
   * All of Java SE and what AWS's own Java runtimes offer besides, as handlers run on this runtime
   * too. jdk.compiler compiles handlers, jdk.accessibility speaks to screen readers.
   */
  private static final String MODULES =
      String.join(
          ",",
          "java.se",
          "jdk.accessibility",
          "jdk.charsets",
          "jdk.compiler",
          "jdk.crypto.cryptoki",
          "jdk.httpserver",
          "jdk.jdwp.agent",
          "jdk.jfr",
          "jdk.localedata",
          "jdk.management",
          "jdk.management.agent",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.security.auth",
          "jdk.unsupported",
          "jdk.xml.dom",
          "jdk.zipfs",
          "javafx.controls");

  /**
   * What people set their machines to; dates and numbers of a handler's other locales fall back.
   */
  private static final String LOCALES =
      "ar,cs,da,de,en,es,fi,fr,he,hi,id,it,ja,ko,nb,nl,no,pl,pt,ru,sv,th,tr,uk,vi,zh";

  /** What the JDK's own tools say in other languages than English. */
  private static final String TRANSLATIONS =
      "/(java\\.xml|java\\.desktop|jdk\\.compiler)/.*_(de|ja|zh_CN|zh_TW|es|fr|it|ko|pt_BR|sv)\\.class";

  private static final String LIBRARIES = "/javafx\\.\\w+/.*\\.so";

  private static final List<String> JVM_OPTIONS =
      List.of(
          "--enable-native-access=javafx.graphics,ALL-UNNAMED",
          // For dev.hearth.app.RestingPulse.
          "--add-exports=javafx.graphics/com.sun.javafx.tk=ALL-UNNAMED",
          "--add-opens=javafx.graphics/com.sun.glass.ui=ALL-UNNAMED",
          "--add-opens=javafx.graphics/com.sun.javafx.tk.quantum=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          // What the compiler gave back stays with the C library otherwise: a quarter of the whole
          // after a busy hour.
          "-XX:TrimNativeHeapInterval=10000",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8");

  private final Path sources;
  private final Path target;
  private final String version;
  private final String timestamp;
  private final boolean packages;

  private BuildImage(String[] args) {
    this.sources = Path.of(args[0]);
    this.target = Path.of(args[1]);
    this.version = args[2];
    this.timestamp = args[3];
    this.packages = Boolean.parseBoolean(args[5]);
  }

  /**
   * Arguments: the folder of this file, the output folder, the version, the time that packages give
   * to all files, the class path, whether the packages of macOS or Windows are wanted too.
   */
  static void main(String[] args) throws IOException, InterruptedException {
    List<Path> jars =
        Stream.of(args[4].split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(Path::of)
            .toList();
    new BuildImage(args).build(jars);
  }

  private void build(List<Path> jars) throws IOException, InterruptedException {
    Path runtime = target.resolve("runtime");
    Path input = target.resolve("input");
    Path image = target.resolve("hearth");
    Path scratch = target.resolve("training");
    for (Path old : List.of(runtime, input, image, scratch)) {
      delete(old);
    }
    Files.createDirectories(input);
    List<String> javafx = new ArrayList<>();
    try (SmallerClasses classes = new SmallerClasses(jars)) {
      for (Path jar : jars) {
        String name = jar.getFileName().toString();
        if (!name.startsWith("javafx-")) {
          new BundledJar(jar).copy(input.resolve(name), classes);
        } else if (isPlatformJar(name)) {
          javafx.add(jar.toString());
        }
      }
    }
    boolean linux = System.getProperty("os.name").equals("Linux");
    tool("jlink", jlink(javafx, runtime, linux));
    if (linux) {
      for (String jar : javafx) {
        new BundledJar(Path.of(jar)).copyLibraries(runtime.resolve("lib"));
      }
      new SmallerRuntime(runtime).shrink();
    }
    prepareStylesheets(runtime, input.resolve("ui-resources-" + version + ".jar"));
    tool("jpackage", jpackage(input, runtime));
    if (packages) {
      for (SystemPackages system : SystemPackages.here()) {
        makePackages(system, input, runtime);
      }
    }
    if (linux) {
      setTimes(image.resolve("lib/app"));
      LinuxProgram program = new LinuxProgram(image, JVM_OPTIONS);
      program.train("commands", scratch.resolve("commands"));
      program.train("window", scratch.resolve("window"));
      program.writeScript(sources.resolve("hearth.sh"), version);
      desktopEntry(image.resolve("share"));
      manual(image.resolve("share"));
    }
    for (Path jar : jars) {
      new BundledJar(jar).copyLicences(image.resolve("share/doc/licences"));
    }
    for (Path leftover : List.of(runtime, input, scratch)) {
      delete(leftover);
    }
  }

  private void prepareStylesheets(Path runtime, Path jar) throws IOException, InterruptedException {
    Path work = target.resolve("stylesheets");
    delete(work);
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Path java = runtime.resolve(windows ? "bin/java.exe" : "bin/java");
    Path program = sources.resolve("BinaryStylesheets.java");
    Process process =
        new ProcessBuilder(java.toString(), program.toString(), jar.toString(), work.toString())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("The style sheets have no binary form");
    }
    delete(work);
  }

  /** The JVM refuses a cache when a jar has another time than at the training; packages set one. */
  private void setTimes(Path app) throws IOException {
    FileTime time = FileTime.from(Instant.parse(timestamp));
    try (Stream<Path> files = Files.list(app)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private void manual(Path share) throws IOException {
    Path page = Files.createDirectories(share.resolve("man/man1")).resolve("hearth.1.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(page))) {
      Files.copy(sources.resolve("hearth.1"), out);
    }
  }

  private void desktopEntry(Path share) throws IOException {
    Path applications = Files.createDirectories(share.resolve("applications"));
    Files.copy(sources.resolve("hearth.desktop"), applications.resolve("hearth.desktop"));
    Path types = Files.createDirectories(share.resolve("mime/packages"));
    Files.copy(sources.resolve("hearth.xml"), types.resolve("hearth.xml"));
    for (int size : List.of(16, 32, 48, 64, 128, 256)) {
      Path icons = share.resolve("icons/hicolor/" + size + "x" + size + "/apps");
      Files.copy(icon(size), Files.createDirectories(icons).resolve("hearth.png"));
    }
  }

  private Path icon(int size) {
    Path resources = sources.resolve("../../../ui-resources/src/main/resources");
    return resources.resolve("dev/hearth/resources/icons/hearth-" + size + ".png").normalize();
  }

  /** JavaFX's jar without a platform in its name is empty. */
  private static boolean isPlatformJar(String name) {
    return !name.matches("javafx-\\w+-[\\d.]+\\.jar");
  }

  /**
   * @param librariesOutside whether JavaFX's native libraries are left out, as they stand beside
   *     Java's own
   */
  private static List<String> jlink(
      List<String> modulePath, Path runtime, boolean librariesOutside) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--module-path", String.join(File.pathSeparator, modulePath)));
    arguments.addAll(List.of("--add-modules", MODULES, "--generate-cds-archive"));
    arguments.addAll(List.of("--no-header-files", "--no-man-pages", "--compress=zip-9"));
    arguments.addAll(List.of("--strip-java-debug-attributes", "--include-locales=" + LOCALES));
    String without = "regex:" + TRANSLATIONS;
    arguments.add(
        "--exclude-resources=" + (librariesOutside ? without + ",regex:" + LIBRARIES : without));
    if (SmallerRuntime.hasObjcopy()) {
      arguments.add("--strip-native-debug-symbols=exclude-debuginfo-files");
    }
    arguments.addAll(List.of("--output", runtime.toString()));
    return arguments;
  }

  private List<String> jpackage(Path input, Path runtime) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--type", "app-image", "--name", "hearth"));
    arguments.addAll(List.of("--app-version", version, "--dest", target.toString()));
    arguments.addAll(program(input, runtime));
    if (System.getProperty("os.name").equals("Linux")) {
      arguments.addAll(List.of("--icon", icon(256).toString()));
    }
    return arguments;
  }

  private List<String> program(Path input, Path runtime) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", input.toString(), "--runtime-image", runtime.toString()));
    arguments.addAll(List.of("--main-jar", "app-" + version + ".jar"));
    arguments.addAll(List.of("--main-class", "dev.hearth.app.Main"));
    JVM_OPTIONS.forEach(option -> arguments.addAll(List.of("--java-options", option)));
    return arguments;
  }

  private void makePackages(SystemPackages system, Path input, Path runtime) throws IOException {
    Path definitions = sources.resolveSibling("").normalize();
    for (String type : system.types()) {
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("--type", type, "--dest", target.toString()));
      arguments.addAll(List.of("--app-version", system.version(version)));
      arguments.addAll(program(input, runtime));
      arguments.addAll(system.options(definitions, target.resolve("definitions")));
      tool("jpackage", arguments);
    }
  }

  private static void tool(String name, List<String> arguments) {
    ToolProvider tool =
        ToolProvider.findFirst(name)
            .orElseThrow(() -> new IllegalStateException("This JDK has no " + name));
    int exit = tool.run(System.out, System.err, arguments.toArray(String[]::new));
    if (exit != 0) {
      throw new IllegalStateException(name + " ended with " + exit + ": " + arguments);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
