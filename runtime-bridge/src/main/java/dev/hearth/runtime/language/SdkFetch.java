package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fetches the AWS SDK that Lambda's managed runtimes bring along, once, by the ecosystem's own tool
 * and into a folder of the cache: pip for boto3, npm for the packages of {@code @aws-sdk}. Only
 * when the user asks; nothing else of Hearth goes to the network.
 */
public final class SdkFetch {
  /** What node functions use most; Lambda has all of them, some hundred megabytes. */
  static final List<String> USUAL_FOR_NODE =
      List.of(
          "@aws-sdk/client-dynamodb",
          "@aws-sdk/client-lambda",
          "@aws-sdk/client-s3",
          "@aws-sdk/client-secrets-manager",
          "@aws-sdk/client-sns",
          "@aws-sdk/client-sqs",
          "@aws-sdk/client-ssm",
          "@aws-sdk/lib-dynamodb");

  private static final Pattern NODE_PACKAGE = Pattern.compile("@aws-sdk/[a-z0-9-]+");
  private static final Pattern MISSING =
      Pattern.compile(
          "Cannot find (?:module|package) '(@aws-sdk/[a-z0-9-]+)"
              + "|No module named '(boto3|botocore)");
  private static final long LIMIT_MINUTES = 10;
  private static final int SHOWN_LINES = 4;

  private final Machine machine;
  private final Path cacheDirectory;

  SdkFetch(Machine machine, Path cacheDirectory) {
    this.machine = machine;
    this.cacheDirectory = cacheDirectory;
  }

  /**
   * A package of the SDK that an error says is missing.
   *
   * @param family whose SDK it is of
   * @param name as the family's tool calls it
   */
  public record Missing(RuntimeFamily family, String name) {}

  /** Whether a function failed for want of the SDK. */
  public static Optional<Missing> missing(String errorPayload) {
    Matcher matcher = MISSING.matcher(errorPayload);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String ofNode = matcher.group(1);
    return Optional.of(
        ofNode == null
            ? new Missing(RuntimeFamily.PYTHON, "boto3")
            : new Missing(RuntimeFamily.NODEJS, ofNode));
  }

  /** Where fetched packages lie; made when it is missing, so that it can be shown to functions. */
  static Path folder(Path cacheDirectory, RuntimeFamily family) {
    Path folder = cacheDirectory.resolve("sdk").resolve(family.prefix());
    try {
      Files.createDirectories(
          family == RuntimeFamily.NODEJS ? folder.resolve("node_modules") : folder);
    } catch (IOException e) {
      throw new SdkFetchException(
          "The folder " + folder + " can't be made: " + e.getMessage() + ". Check its rights.");
    }
    return folder;
  }

  /**
   * Fetches packages; takes as long as the tool does, up to ten minutes.
   *
   * @param interpreter of the family, for which they are fetched
   * @param packages of the family; empty for the usual ones
   * @return where they lie now
   * @throws SdkFetchException when the tool is missing or fails; what was there before stays
   */
  Path fetch(Interpreter interpreter, List<String> packages) {
    Path folder = folder(cacheDirectory, interpreter.family());
    try {
      switch (interpreter.family()) {
        case PYTHON -> python(interpreter, folder);
        case NODEJS -> node(interpreter, folder, packages.isEmpty() ? USUAL_FOR_NODE : packages);
        default ->
            throw new SdkFetchException(
                "Hearth fetches the AWS SDK for python and node only; add it to the code of"
                    + " functions of "
                    + interpreter.family().displayName()
                    + ".");
      }
    } catch (IOException e) {
      throw new SdkFetchException(
          "The AWS SDK was not fetched: " + e.getMessage() + ". Check " + folder + ".");
    }
    return folder;
  }

  /** Into a folder beside, then into place: a fetch that breaks off leaves no half of a package. */
  private void python(Interpreter interpreter, Path folder) throws IOException {
    Path fresh = folder.resolveSibling("python.new");
    delete(fresh);
    run(
        interpreter,
        fresh,
        List.of(
            interpreter.executable().toString(),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--target",
            fresh.toString(),
            "boto3"));
    delete(folder);
    Files.move(fresh, folder);
  }

  private void node(Interpreter interpreter, Path folder, List<String> packages)
      throws IOException {
    for (String name : packages) {
      if (!NODE_PACKAGE.matcher(name).matches()) {
        throw new SdkFetchException(
            "\"" + name + "\" is no package of the AWS SDK. Name one such as @aws-sdk/client-s3.");
      }
    }
    Path manifest = folder.resolve("package.json");
    if (!Files.exists(manifest)) {
      Files.writeString(manifest, "{\"private\": true}\n");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                npm(interpreter).toString(),
                "install",
                "--prefix",
                folder.toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund"));
    command.addAll(packages);
    run(interpreter, folder, command);
  }

  /** The one beside the interpreter, else the first on PATH. */
  private Path npm(Interpreter interpreter) {
    String name = machine.os() == Machine.Os.WINDOWS ? "npm.cmd" : "npm";
    return Stream.concat(
            Stream.of(interpreter.executable().getParent()), machine.commandFolders().stream())
        .map(place -> place.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new SdkFetchException(
                    "npm was not found beside "
                        + interpreter.executable()
                        + " nor on PATH. Install it, or put the packages into the function's"
                        + " code."));
  }

  private static void run(Interpreter interpreter, Path folder, List<String> command)
      throws IOException {
    Files.createDirectories(folder);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder
        .environment()
        .merge(
            "PATH",
            interpreter.executable().getParent().toString(),
            (path, own) -> own + File.pathSeparator + path);
    Process process = builder.start();
    process.getOutputStream().close();
    // Ended from outside when it takes too long; its output then ends, too.
    Thread limit =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException e) {
                    process.destroyForcibly();
                  }
                });
    try (var output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new SdkFetchException(failure(command, text));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SdkFetchException("The fetch was stopped; nothing was changed.");
    } finally {
      limit.interrupt();
    }
  }

  private static String failure(List<String> command, String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    List<String> errors =
        lines.stream().filter(line -> line.toLowerCase(Locale.ROOT).contains("error")).toList();
    // The tools put the cause into the first of their error lines; advice follows.
    List<String> told = errors.isEmpty() ? lines : errors;
    String said = told.stream().limit(SHOWN_LINES).collect(Collectors.joining(" / "));
    return "The AWS SDK was not fetched. \""
        + String.join(" ", command)
        + "\" said: "
        + said
        + ". It needs the network once; run it by hand to see all it says.";
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      JavaSourceCompiler.delete(folder);
    }
  }
}
