package dev.hearth.runtime.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a Java function runs: works out from the task root whether it holds sources, jars, classes
 * or a Maven project, and compiles what has to be compiled. Nothing is ever written into the task
 * root; compiled classes are kept in the cache by the content of their sources.
 *
 * @param classPath what comes after the runtime interface client on the class path
 * @param notes visible notes, e.g. that a Maven project's sources are newer than its classes
 */
record JavaProgram(List<Path> classPath, List<String> notes) {
  private static final String NOT_BUILT = "Runtime.BadFunctionCode";
  private static final String SYNTAX = "Runtime.UserCodeSyntaxError";
  private static final String EVENTS = "com.amazonaws.services.lambda.runtime.events";
  private static final Set<String> NO_SOURCES = Set.of("target", "build", "out", "node_modules");

  /**
   * @param client the jars that a handler may use: AWS's
   * @param release the language level for sources
   * @param classes the folder in the cache that compiled classes go below
   * @throws CodeRejectedException when sources do not compile or a Maven project is not built
   * @throws RuntimeUnavailableException when there are sources but no compiler
   */
  static JavaProgram of(
      Path taskRoot, List<Path> client, int release, Path classes, JavaSourceCompiler compiler)
      throws CodeRejectedException, RuntimeUnavailableException {
    try {
      if (Files.isRegularFile(taskRoot.resolve("pom.xml"))) {
        return ofMavenProject(taskRoot);
      }
      List<Path> jars = new ArrayList<>(jarsIn(taskRoot));
      jars.addAll(jarsIn(taskRoot.resolve("lib")));
      List<Path> classPath = new ArrayList<>();
      List<Path> sources = sourcesIn(taskRoot);
      if (!sources.isEmpty()) {
        List<Path> compileWith = new ArrayList<>(client);
        compileWith.addAll(jars);
        classPath.add(compiled(taskRoot, sources, compileWith, release, classes, compiler));
      }
      classPath.add(taskRoot); // resources, and classes that lie there unpacked
      classPath.addAll(jars);
      return new JavaProgram(List.copyOf(classPath), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("The code in " + taskRoot + " can't be read", e);
    }
  }

  /** The jars of a layer: {@code /opt/java/lib} (runtime-api.md section 7.5). */
  static List<Path> layerJars(Path opt) {
    try {
      return jarsIn(opt.resolve("java").resolve("lib"));
    } catch (IOException e) {
      throw new UncheckedIOException("The layers in " + opt + " can't be read", e);
    }
  }

  /** The same program with more jars at the end of its class path. */
  JavaProgram with(List<Path> jars) {
    List<Path> all = new ArrayList<>(classPath);
    all.addAll(jars);
    return new JavaProgram(List.copyOf(all), notes);
  }

  private static JavaProgram ofMavenProject(Path root) throws CodeRejectedException, IOException {
    Path target = root.resolve("target");
    List<Path> classPath = new ArrayList<>();
    boolean hasClasses = newest(target.resolve("classes"), ".class") > 0;
    if (hasClasses) {
      classPath.add(target.resolve("classes"));
    }
    classPath.addAll(jarsIn(target.resolve("dependency")));
    for (Path jar : jarsIn(target)) {
      String name = jar.getFileName().toString();
      // A shaded jar brings the dependencies along; the others repeat the classes or hold none.
      if (!name.matches("original-.*|.*-(sources|javadoc|tests)\\.jar")) {
        classPath.add(jar);
      }
    }
    if (classPath.isEmpty()) {
      throw new CodeRejectedException(
          NOT_BUILT,
          "This Maven project has not been built: target holds no classes. Run \"mvn package\" in "
              + root
              + ", then invoke again.",
          List.of());
    }
    List<String> notes = new ArrayList<>();
    Path built = hasClasses ? target.resolve("classes") : target;
    if (newest(root.resolve("src/main"), "") > newest(built, hasClasses ? "" : ".jar")) {
      notes.add("src/main is newer than target: run \"mvn package\" to see your latest changes");
    }
    return new JavaProgram(List.copyOf(classPath), notes);
  }

  private static Path compiled(
      Path root,
      List<Path> sources,
      List<Path> classPath,
      int release,
      Path classes,
      JavaSourceCompiler compiler)
      throws CodeRejectedException, RuntimeUnavailableException, IOException {
    Path output = classes.resolve(key(root, sources, classPath, release));
    if (Files.isDirectory(output)) {
      CachePruning.used(output);
      return output;
    }
    if (!compiler.isAvailable()) {
      throw new RuntimeUnavailableException(
          "Java sources can't be compiled: the Java runtime that Hearth runs on has no compiler"
              + " (module jdk.compiler). Run Hearth on a JDK, or deploy a jar.");
    }
    List<String> problems = withHint(compiler.compile(root, sources, classPath, release, output));
    CachePruning.prune(classes);
    if (!problems.isEmpty()) {
      throw new CodeRejectedException(SYNTAX, String.join("\n", problems), problems);
    }
    return output;
  }

  /**
   * AWS's event classes are the one library that most examples use and no handler has by itself.
   */
  private static List<String> withHint(List<String> problems) {
    if (problems.stream().noneMatch(problem -> problem.contains(EVENTS + " does not exist"))) {
      return problems;
    }
    List<String> hinted = new ArrayList<>(problems);
    hinted.add(
        "Put aws-lambda-java-events.jar (from Maven Central) into lib to use " + EVENTS + ".");
    return hinted;
  }

  private static String key(Path root, List<Path> sources, List<Path> classPath, int release)
      throws IOException {
    List<byte[]> parts = new ArrayList<>();
    parts.add(("release " + release).getBytes(StandardCharsets.UTF_8));
    for (Path jar : classPath) {
      String jarState = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
      parts.add(jarState.getBytes(StandardCharsets.UTF_8));
    }
    for (Path source : sources) {
      byte[] content = Files.readAllBytes(source);
      String name = root.relativize(source) + " " + content.length + "\n";
      parts.add(name.getBytes(StandardCharsets.UTF_8));
      parts.add(content);
    }
    return ClientFiles.hash(parts.toArray(byte[][]::new));
  }

  private static List<Path> sourcesIn(Path root) throws IOException {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
            boolean skipped = name.startsWith(".") || NO_SOURCES.contains(name);
            return skipped && !folder.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    sources.sort(null);
    return sources;
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** The time of the newest file below a folder, or 0 when there is none. */
  private static long newest(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> Files.isRegularFile(f) && f.toString().endsWith(suffix))
          .mapToLong(f -> f.toFile().lastModified())
          .max()
          .orElse(0);
    }
  }
}
