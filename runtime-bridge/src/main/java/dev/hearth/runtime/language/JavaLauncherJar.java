package dev.hearth.runtime.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hearth's few classes that run inside a function's JVM: main class, transport and trainer. Hearth
 * itself is compiled for a newer JVM than a function may run on, so they are resources in source
 * form, compiled once for Java 17 into a jar in the cache.
 */
final class JavaLauncherJar {
  private static final int RELEASE = 17;
  private static final List<String> SOURCES =
      List.of("HearthLauncher.java", "NativeClient.java", "Trainer.java", "TrainingHandler.java");

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
  synchronized @Nullable Path find(List<Path> client) {
    List<Path> sources = SOURCES.stream().map(name -> files.file("launcher/" + name)).toList();
    String names = sources + " " + client;
    String key = ClientFiles.hash(names.getBytes(StandardCharsets.UTF_8));
    Path jar = cacheDirectory.resolve("java/launcher-" + key + ".jar");
    if (Files.isRegularFile(jar)) {
      return jar;
    }
    if (!compiler.isAvailable()) {
      return null;
    }
    Path classes = jar.resolveSibling("launcher-" + key);
    List<String> problems = compiler.compile(classes, sources, client, RELEASE, classes);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("Hearth's Java launcher does not compile: " + problems);
    }
    try {
      pack(classes, jar);
      JavaSourceCompiler.delete(classes);
    } catch (IOException e) {
      throw new UncheckedIOException("The cache folder " + cacheDirectory + " can't be written", e);
    }
    return jar;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(Files::isRegularFile).sorted().forEach(entries::add);
    }
    Path part = Files.createTempFile(jar.getParent(), "launcher", ".part");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(part))) {
      for (Path entry : entries) {
        out.putNextEntry(new JarEntry(classes.relativize(entry).toString().replace('\\', '/')));
        Files.copy(entry, out);
        out.closeEntry();
      }
    }
    ClientFiles.moveInto(part, jar);
  }
}
