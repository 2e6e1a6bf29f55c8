package dev.hearth.runtime.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hearth's few classes that run inside a function's JVM: main class, transport and trainer. Hearth
 * itself is compiled for a newer JVM than a function may run on, so they are resources in source
 * form, compiled once for Java 17 into a jar in the cache.
 */
final class JavaLauncherJar {
  private static final int RELEASE = 17;

  /** The first that has the JDK's own library for class files, which the agent needs. */
  static final int AGENT_RELEASE = 24;

  private static final List<String> SOURCES =
      List.of("HearthLauncher.java", "NativeClient.java", "Trainer.java", "TrainingHandler.java");
  private static final List<String> AGENT_SOURCES =
      List.of("imports/Imports.java", "imports/ImportAgent.java");

  private final ClientFiles files;
  private final Path cacheDirectory;
  private final JavaSourceCompiler compiler;

  JavaLauncherJar(Path cacheDirectory, JavaSourceCompiler compiler) {
    this.files = new ClientFiles(cacheDirectory);
    this.cacheDirectory = cacheDirectory;
    this.compiler = compiler;
  }

  /**
   * The jar, made when it is not there yet; null when this Java runtime image has no compiler.
   *
   * @param client AWS's jars, which the sources are compiled against
   */
  @Nullable Path find(List<Path> client) {
    return jar("launcher", SOURCES, RELEASE, client);
  }

  /**
   * The jar of the agent that measures what loading a handler is made of, for a JVM of {@link
   * #AGENT_RELEASE} or later; null when this Java runtime image can't compile it.
   */
  @Nullable Path agent() {
    return JavaSourceCompiler.newestRelease() < AGENT_RELEASE
        ? null
        : jar("imports", AGENT_SOURCES, AGENT_RELEASE, List.of());
  }

  private synchronized @Nullable Path jar(
      String name, List<String> resources, int release, List<Path> classPath) {
    List<Path> sources = resources.stream().map(each -> files.file("launcher/" + each)).toList();
    String names = sources + " " + classPath;
    String key = ClientFiles.hash(names.getBytes(StandardCharsets.UTF_8));
    Path jar = cacheDirectory.resolve("java/" + name + "-" + key + ".jar");
    if (Files.isRegularFile(jar)) {
      return jar;
    }
    if (!compiler.isAvailable()) {
      return null;
    }
    Path classes = jar.resolveSibling(name + "-" + key);
    List<String> problems = compiler.compile(classes, sources, classPath, release, classes);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("Hearth's Java classes do not compile: " + problems);
    }
    try {
      pack(classes, jar);
      JavaSourceCompiler.delete(classes);
    } catch (IOException e) {
      throw new UncheckedIOException("The cache folder " + cacheDirectory + " can't be written", e);
    }
    return jar;
  }

  /** Says for an agent which class is one; what the JDK's loader calls must be on the boot path. */
  private static Manifest manifest(Path jar) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    String name = jar.getFileName().toString();
    if (name.startsWith("imports")) {
      main.putValue("Premain-Class", "dev.hearth.imports.ImportAgent");
      main.putValue("Can-Retransform-Classes", "true");
      main.putValue("Boot-Class-Path", name);
    }
    return manifest;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(Files::isRegularFile).sorted().forEach(entries::add);
    }
    Path part = Files.createTempFile(jar.getParent(), "launcher", ".part");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(part), manifest(jar))) {
      for (Path entry : entries) {
        out.putNextEntry(new JarEntry(classes.relativize(entry).toString().replace('\\', '/')));
        Files.copy(entry, out);
        out.closeEntry();
      }
    }
    ClientFiles.moveInto(part, jar);
  }
}
