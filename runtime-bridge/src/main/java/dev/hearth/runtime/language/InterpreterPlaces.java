package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.InterpreterDiscovery.Candidate;
import dev.hearth.runtime.language.Machine.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where interpreters live: the folders of pyenv, nvm, asdf, mise, sdkman and their like, the usual
 * places of each operating system, and PATH.
 */
final class InterpreterPlaces {
  private static final Logger log = LoggerFactory.getLogger(InterpreterPlaces.class);
  private static final Pattern MINOR_PYTHON = Pattern.compile("python3\\.\\d+(\\.exe)?");

  private final Machine machine;

  InterpreterPlaces(Machine machine) {
    this.machine = machine;
  }

  /** Programs that exist, the ones on PATH last. */
  List<Candidate> candidates(RuntimeFamily family) {
    List<Candidate> found = new ArrayList<>();
    switch (family) {
      case PYTHON -> python(found);
      case NODEJS -> node(found);
      case JAVA -> java(found);
      case RUBY -> ruby(found);
      case PROVIDED -> {}
    }
    return found;
  }

  private void python(List<Candidate> found) {
    Path home = machine.home();
    String python = machine.os() == Os.WINDOWS ? "python.exe" : "bin/python3";
    Path pyenv = machine.folder("PYENV_ROOT", home.resolve(".pyenv"));
    versions(found, pyenv.resolve("versions"), python, "pyenv");
    versions(found, pyenv.resolve("pyenv-win/versions"), python, "pyenv");
    versions(found, asdf().resolve("installs/python"), python, "asdf");
    versions(found, mise().resolve("installs/python"), python, "mise");
    versions(found, dataHome().resolve("uv/python"), python, "uv");
    if (machine.os() == Os.MACOS) {
      Path frameworks = machine.at("/Library/Frameworks/Python.framework/Versions");
      unversioned(found, frameworks, "bin/python3", "python.org");
    }
    if (machine.os() == Os.WINDOWS) {
      Path local = machine.folder("LOCALAPPDATA", home.resolve("AppData/Local"));
      unversioned(found, local.resolve("Programs/Python"), "python.exe", "python.org");
    }
    onPath(found, "python3");
    onPath(found, "python");
    for (Path folder : machine.commandFolders()) {
      // A folder of shims has one for each version, and those versions have been found already.
      for (Path program : folder.endsWith("shims") ? List.<Path>of() : children(folder)) {
        if (MINOR_PYTHON.matcher(program.getFileName().toString()).matches()) {
          addFromPath(found, folder, program);
        }
      }
    }
  }

  private void node(List<Candidate> found) {
    Path home = machine.home();
    boolean windows = machine.os() == Os.WINDOWS;
    String node = windows ? "node.exe" : "bin/node";
    versions(
        found,
        machine.folder("NVM_DIR", home.resolve(".nvm")).resolve("versions/node"),
        node,
        "nvm");
    if (windows) {
      versions(found, machine.folder("NVM_HOME", home.resolve("AppData/Roaming/nvm")), node, "nvm");
    }
    versions(found, asdf().resolve("installs/nodejs"), node, "asdf");
    versions(found, mise().resolve("installs/node"), node, "mise");
    Path fnm = machine.folder("FNM_DIR", dataHome().resolve("fnm"));
    String inFnm = windows ? "installation/node.exe" : "installation/bin/node";
    versions(found, fnm.resolve("node-versions"), inFnm, "fnm");
    Path volta = machine.folder("VOLTA_HOME", home.resolve(".volta"));
    versions(found, volta.resolve("tools/image/node"), node, "volta");
    Path nodenv = machine.folder("NODENV_ROOT", home.resolve(".nodenv"));
    versions(found, nodenv.resolve("versions"), node, "nodenv");
    versions(
        found,
        machine.folder("N_PREFIX", machine.at("/usr/local")).resolve("n/versions/node"),
        node,
        "n");
    onPath(found, "node");
  }

  private void ruby(List<Candidate> found) {
    Path home = machine.home();
    boolean windows = machine.os() == Os.WINDOWS;
    String ruby = windows ? "bin/ruby.exe" : "bin/ruby";
    Path rbenv = machine.folder("RBENV_ROOT", home.resolve(".rbenv"));
    versions(found, rbenv.resolve("versions"), ruby, "rbenv");
    versions(found, asdf().resolve("installs/ruby"), ruby, "asdf");
    versions(found, mise().resolve("installs/ruby"), ruby, "mise");
    versions(found, home.resolve(".rvm/rubies"), ruby, "rvm");
    versions(found, home.resolve(".rubies"), ruby, "~/.rubies");
    if (machine.os() == Os.MACOS) {
      unversioned(found, machine.at("/opt/homebrew/opt"), "bin/ruby", "Homebrew");
    }
    onPath(found, "ruby");
  }

  private void java(List<Candidate> found) {
    Path home = machine.home();
    Path sdkman = machine.folder("SDKMAN_DIR", home.resolve(".sdkman"));
    jdks(found, sdkman.resolve("candidates/java"), "sdkman");
    jdks(found, asdf().resolve("installs/java"), "asdf");
    jdks(found, mise().resolve("installs/java"), "mise");
    jdks(found, home.resolve(".jdks"), "~/.jdks");
    switch (machine.os()) {
      case LINUX -> {
        jdks(found, machine.at("/usr/lib/jvm"), "/usr/lib/jvm");
        jdks(found, machine.at("/usr/java"), "/usr/java");
        jdks(found, machine.at("/opt/java"), "/opt/java");
      }
      case MACOS -> {
        Path system = machine.at("/Library/Java/JavaVirtualMachines");
        jdks(found, system, "/Library/Java");
        jdks(found, home.resolve("Library/Java/JavaVirtualMachines"), "~/Library/Java");
        jdks(found, machine.at("/opt/homebrew/opt"), "Homebrew");
      }
      case WINDOWS -> {
        Path programs = machine.folder("ProgramFiles", machine.at("/Program Files"));
        for (String vendor :
            List.of("Java", "Eclipse Adoptium", "Microsoft", "Amazon Corretto", "Zulu")) {
          jdks(found, programs.resolve(vendor), vendor);
        }
      }
    }
    String javaHome = machine.variable("JAVA_HOME");
    if (javaHome != null && !javaHome.isBlank()) {
      jdk(found, Path.of(javaHome), "JAVA_HOME");
    }
    onPath(found, "java");
    jdk(found, machine.javaHome(), "Hearth");
  }

  /** Children of a version manager's folder whose name is a version. */
  private void versions(List<Candidate> found, Path folder, String executable, String source) {
    for (Path child : children(folder)) {
      String name = child.getFileName().toString().replaceFirst("^(cpython-|ruby-|v)", "");
      VersionNumber version = VersionNumber.find(name);
      Path program = child.resolve(executable);
      // "3.12" beside "3.12.1" is mise's link; other names (pypy, virtual environments) are not
      // ours.
      if (version != null
          && version.parts().size() >= 3
          && name.startsWith(version.toString())
          && Files.isExecutable(program)) {
        found.add(new Candidate(program, version.toString(), source, false));
      }
    }
  }

  /** Children of a folder whose names do not tell the full version; they are asked. */
  private void unversioned(List<Candidate> found, Path folder, String executable, String source) {
    for (Path child : children(folder)) {
      Path program = child.resolve(executable);
      if (Files.isExecutable(program)) {
        found.add(new Candidate(program, null, source, false));
      }
    }
  }

  private void jdks(List<Candidate> found, Path folder, String source) {
    for (Path child : children(folder)) {
      jdk(found, child, source);
    }
  }

  private void jdk(List<Candidate> found, Path folder, String source) {
    for (String home : List.of("", "Contents/Home", "libexec/openjdk.jdk/Contents/Home")) {
      Path program = folder.resolve(home).resolve("bin").resolve(machine.executable("java"));
      if (Files.isExecutable(program)) {
        found.add(new Candidate(program, releaseVersion(folder.resolve(home)), source, false));
        return;
      }
    }
  }

  private static @Nullable String releaseVersion(Path javaHome) {
    Path release = javaHome.resolve("release");
    if (!Files.isReadable(release)) {
      return null;
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      log.debug("{} can't be read", release, e);
      return null;
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isBlank() ? null : version;
  }

  private void onPath(List<Candidate> found, String command) {
    for (Path folder : machine.commandFolders()) {
      addFromPath(found, folder, folder.resolve(machine.executable(command)));
    }
  }

  private void addFromPath(List<Candidate> found, Path folder, Path program) {
    // Windows puts stubs there that open the shop; macOS has one that offers to install Xcode.
    boolean windowsStub = folder.endsWith("WindowsApps");
    boolean xcodeStub =
        machine.os() == Os.MACOS
            && folder.equals(machine.at("/usr/bin"))
            && !Files.isDirectory(machine.at("/Library/Developer/CommandLineTools"));
    if (!windowsStub && !xcodeStub && Files.isExecutable(program)) {
      Path behind = folder.endsWith("shims") ? behindShim(folder, program) : program;
      if (behind != null && Files.isExecutable(behind)) {
        found.add(new Candidate(behind, null, "PATH", true));
      }
    }
  }

  /**
   * The program that a shim would start, read from the file in which the version manager keeps the
   * chosen version: starting the shim would take longer, and may ask for a download.
   */
  private @Nullable Path behindShim(Path folder, Path shim) {
    Path root = folder.getParent();
    String command = shim.getFileName().toString();
    for (String version : firstWords(root.resolve("version"))) { // pyenv, nodenv
      return root.resolve("versions").resolve(version).resolve("bin").resolve(command);
    }
    String plugin =
        command.startsWith("python") ? "python" : command.equals("node") ? "nodejs" : command;
    for (String line : lines(machine.home().resolve(".tool-versions"))) { // asdf, mise
      String[] words = line.strip().split("\\s+");
      if (words.length > 1 && words[0].equals(plugin)) {
        return root.resolve("installs")
            .resolve(plugin)
            .resolve(words[1])
            .resolve("bin")
            .resolve(command);
      }
    }
    return null;
  }

  private static List<String> firstWords(Path file) {
    return lines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+")[0])
        .limit(1)
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      log.debug("{} can't be read", file, e);
      return List.of();
    }
  }

  private Path asdf() {
    return machine.folder("ASDF_DATA_DIR", machine.home().resolve(".asdf"));
  }

  private Path mise() {
    return machine.folder("MISE_DATA_DIR", dataHome().resolve("mise"));
  }

  private Path dataHome() {
    return machine.folder("XDG_DATA_HOME", machine.home().resolve(".local/share"));
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      log.debug("{} can't be read", folder, e);
      return List.of();
    }
  }
}
