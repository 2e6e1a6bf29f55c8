package dev.hearth.runtime.language;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of ready-parsed classes for one JVM: an AOT cache from JDK 25 on, an AppCDS archive
 * before. It holds the JDK's and AWS's client's classes, so one archive serves every function; a
 * JVM takes it when its class path begins with the one of the training. With it a handler's cold
 * start takes about a third.
 *
 * <p>A function's command line names a file of JVM options. It is empty until the archive has been
 * made and tried out, in the background and with harmless handlers of Hearth's own; then it names
 * the archive. So plans made before a training use its result, and a start never meets half an
 * archive.
 */
final class JvmArchive {
  private static final Logger log = LoggerFactory.getLogger(JvmArchive.class);
  private static final String TRAINER = "dev.hearth.launcher.Trainer";

  /** The first function's own start goes first. */
  private static final int DELAY_SECONDS = 1;

  private final Path directory;
  private final Machine machine;
  private final boolean train;
  private final Map<Path, CompletableFuture<Boolean>> trainings = new ConcurrentHashMap<>();

  /**
   * @param train false to only use archives that are there
   */
  JvmArchive(Path cacheDirectory, Machine machine, boolean train) {
    this.directory = cacheDirectory.resolve("jvm");
    this.machine = machine;
    this.train = train;
  }

  /**
   * The file of JVM options for a function's command line; begins a training when there is no
   * archive yet.
   *
   * @param classPath the launcher and AWS's jars, which come first on every function's class path
   * @param flags the JVM flags that must be the same in training and use
   */
  Path options(Interpreter interpreter, List<Path> classPath, List<String> flags)
      throws IOException {
    String key = key(interpreter, classPath, flags);
    boolean aot = VersionNumber.parse(interpreter.version()).part(0) >= 25;
    Path archive = directory.resolve(key + (aot ? ".aot" : ".jsa"));
    Path options = directory.resolve(key + ".options");
    Files.createDirectories(directory);
    if (!Files.exists(options) || (Files.size(options) > 0 && !Files.exists(archive))) {
      ClientFiles.write(options, new byte[0]);
    }
    CachePruning.used(options);
    if (Files.exists(archive)) {
      CachePruning.used(archive);
    }
    if (train && Files.size(options) == 0) {
      List<String> arguments =
          List.of(
              Integer.toString(DELAY_SECONDS),
              interpreter.executable().toString(),
              aot ? "aot" : "cds",
              archive.toString(),
              options.toString(),
              joined(classPath));
      CachePruning.prune(directory);
      trainings.computeIfAbsent(
          options, file -> start(interpreter, classPath.getFirst(), arguments, flags));
    }
    return options;
  }

  /** Completes when no training is under way; true when all that were started went well. */
  CompletableFuture<Boolean> trained() {
    List<CompletableFuture<Boolean>> all = List.copyOf(trainings.values());
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(ignored -> all.stream().allMatch(CompletableFuture::join));
  }

  private CompletableFuture<Boolean> start(
      Interpreter interpreter, Path launcher, List<String> arguments, List<String> flags) {
    List<String> command = new ArrayList<>();
    if (machine.os() != Machine.Os.WINDOWS) {
      command.addAll(List.of("nice", "-n", "19"));
    }
    command.add(interpreter.executable().toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(List.of("-cp", launcher.toString(), TRAINER));
    command.addAll(arguments);
    command.addAll(flags);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return builder
          .start()
          .onExit()
          .thenApply(
              process -> {
                log.debug("Training for {} ended with {}", interpreter, process.exitValue());
                return process.exitValue() == 0;
              });
    } catch (IOException e) {
      log.warn("The archive for {} can't be made; Java functions start slower", interpreter, e);
      return CompletableFuture.completedFuture(false);
    }
  }

  /** Everything that an archive depends on; the JVM checks the same things once more. */
  private static String key(Interpreter interpreter, List<Path> classPath, List<String> flags)
      throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(interpreter).append(flags);
    Path home = interpreter.executable().toRealPath().getParent().getParent();
    Path release = home.resolve("release");
    if (Files.isReadable(release)) {
      text.append(Files.readString(release));
    }
    for (Path jar : classPath) {
      text.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
    }
    return ClientFiles.hash(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String joined(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
