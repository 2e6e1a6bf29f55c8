package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.InterpreterDiscovery.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discovery on machines laid out in a temporary folder. */
class InterpreterDiscoveryTest {
  @TempDir Path root;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Path, Interpreter> answers = new HashMap<>();
  private final ConcurrentLinkedQueue<Path> asked = new ConcurrentLinkedQueue<>();
  private Path home;

  @BeforeEach
  void resolveLinks() throws IOException {
    root = root.toRealPath();
    home = Files.createDirectories(root.resolve("home/me"));
  }

  private Path program(String place) throws IOException {
    Path file = root.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private void answers(Path program, RuntimeFamily family, String version, Path executable) {
    answers.put(program, new Interpreter(family, version, executable, "PATH"));
  }

  private InterpreterDiscovery.Found find(RuntimeFamily family, Machine.Os os) {
    Machine machine = new Machine(os, root, home, root.resolve("hearth/jvm"), environment);
    VersionQuestion question =
        new VersionQuestion() {
          @Override
          Optional<Interpreter> ask(RuntimeFamily asking, Candidate candidate) throws IOException {
            asked.add(candidate.executable());
            if (!answers.containsKey(candidate.executable())) {
              throw new IOException("does not start");
            }
            Interpreter answer = answers.get(candidate.executable());
            return Optional.of(
                new Interpreter(asking, answer.version(), answer.executable(), candidate.source()));
          }
        };
    return new InterpreterDiscovery(machine, question).find(family);
  }

  @Test
  void readsVersionsOfVersionManagersFromFolderNames() throws IOException {
    program("home/me/.pyenv/versions/3.9.18/bin/python3");
    program("home/me/.pyenv/versions/3.12.1/bin/python3");
    program("home/me/.pyenv/versions/my-project/bin/python3");
    Files.createDirectories(home.resolve(".pyenv/versions/3.13.0"));
    program("home/me/.asdf/installs/python/3.11.2/bin/python3");
    program("home/me/.local/share/mise/installs/python/3.14.0/bin/python3");
    program("home/me/.local/share/uv/python/cpython-3.10.4-linux-x86_64-gnu/bin/python3");
    var found = find(RuntimeFamily.PYTHON, Machine.Os.LINUX);
    assertThat(found.interpreters())
        .extracting(i -> i.version() + " " + i.source())
        .containsExactly("3.14.0 mise", "3.12.1 pyenv", "3.11.2 asdf", "3.10.4 uv", "3.9.18 pyenv");
    assertThat(asked).isEmpty();
    assertThat(found.preferred()).isNull();
  }

  @Test
  void looksBehindTheShimsOfPyenvAndAsdf() throws IOException {
    Path real = program("opt/pyenv/versions/3.11.7/bin/python3.11");
    Files.createSymbolicLink(real.resolveSibling("python3"), real);
    program("opt/pyenv/versions/3.12.1/bin/python3");
    Path shim = program("opt/pyenv/shims/python3");
    Files.writeString(root.resolve("opt/pyenv/version"), "3.11.7\n3.12.1\n");
    environment.put("PYENV_ROOT", root.resolve("opt/pyenv").toString());
    Path node = program("home/me/.asdf/installs/nodejs/20.2.0/bin/node");
    program("home/me/.asdf/installs/nodejs/22.1.0/bin/node");
    program("home/me/.asdf/shims/node");
    Files.writeString(home.resolve(".tool-versions"), "nodejs 20.2.0\n");
    environment.put("PATH", shim.getParent() + ":" + home.resolve(".asdf/shims"));
    var python = find(RuntimeFamily.PYTHON, Machine.Os.LINUX);
    assertThat(python.interpreters())
        .extracting(Interpreter::version)
        .containsExactly("3.12.1", "3.11.7");
    assertThat(python.preferred()).isEqualTo(real.resolveSibling("python3"));
    assertThat(find(RuntimeFamily.NODEJS, Machine.Os.LINUX).preferred()).isEqualTo(node);
    assertThat(asked).as("no shim is started").isEmpty();
  }

  @Test
  void remembersWhatAProgramAnsweredUntilItChanges() throws Exception {
    Path python = program("bin/python3");
    String script = "#!/bin/sh\necho x >> \"$(dirname $0)/count\"\necho 3.12.%d\necho $0\n";
    Files.writeString(python, script.formatted(4));
    Candidate candidate = new Candidate(python, null, "PATH", true);
    for (int i = 0; i < 2; i++) {
      var answer =
          new RememberedVersions(root.resolve("cache")).ask(RuntimeFamily.PYTHON, candidate);
      assertThat(answer).hasValueSatisfying(a -> assertThat(a.version()).isEqualTo("3.12.4"));
    }
    assertThat(root.resolve("bin/count")).hasContent("x");
    Files.writeString(python, script.formatted(10));
    assertThat(new RememberedVersions(root.resolve("cache")).ask(RuntimeFamily.PYTHON, candidate))
        .hasValueSatisfying(a -> assertThat(a.version()).isEqualTo("3.12.10"));
  }

  @Test
  void asksEachProgramOnPathOnceAndLeavesOutTheBrokenOnes() throws IOException {
    Path python = program("usr/bin/python3.11");
    Files.createSymbolicLink(python.resolveSibling("python3"), python);
    Path broken = program("usr/local/bin/python3");
    environment.put("PATH", broken.getParent() + ":" + python.getParent() + ":/nowhere:relative");
    answers(python.resolveSibling("python3"), RuntimeFamily.PYTHON, "3.11.2", python);
    answers(python, RuntimeFamily.PYTHON, "3.11.2", python);
    var found = find(RuntimeFamily.PYTHON, Machine.Os.LINUX);
    assertThat(found.interpreters())
        .containsExactly(new Interpreter(RuntimeFamily.PYTHON, "3.11.2", python, "PATH"));
    assertThat(asked).containsExactlyInAnyOrder(broken, python.resolveSibling("python3"));
  }

  @Test
  void findsNodeOfEveryVersionManager() throws IOException {
    program("home/me/.nvm/versions/node/v18.20.8/bin/node");
    program("home/me/.local/share/fnm/node-versions/v20.11.1/installation/bin/node");
    program("home/me/.volta/tools/image/node/22.3.0/bin/node");
    program("home/me/.asdf/installs/nodejs/24.1.0/bin/node");
    program("home/me/.local/share/mise/installs/node/23.0.0/bin/node");
    program("home/me/.nodenv/versions/21.0.0/bin/node");
    program("usr/local/n/versions/node/19.9.0/bin/node");
    assertThat(find(RuntimeFamily.NODEJS, Machine.Os.LINUX).interpreters())
        .extracting(i -> i.version() + " " + i.source())
        .containsExactly(
            "24.1.0 asdf",
            "23.0.0 mise",
            "22.3.0 volta",
            "21.0.0 nodenv",
            "20.11.1 fnm",
            "19.9.0 n",
            "18.20.8 nvm");
  }

  @Test
  void findsRubyOfEveryVersionManager() throws IOException {
    environment.put("PATH", "");
    program("home/me/.rbenv/versions/3.4.1/bin/ruby");
    program("home/me/.asdf/installs/ruby/3.3.6/bin/ruby");
    program("home/me/.local/share/mise/installs/ruby/3.2.9/bin/ruby");
    program("home/me/.rvm/rubies/ruby-3.1.4/bin/ruby");
    assertThat(find(RuntimeFamily.RUBY, Machine.Os.LINUX).interpreters())
        .extracting(found -> found.source() + " " + found.version())
        .containsExactly("rbenv 3.4.1", "asdf 3.3.6", "mise 3.2.9", "rvm 3.1.4");
    assertThat(asked).isEmpty();
  }

  private void jdk(String place, String version) throws IOException {
    program(place + "/bin/java");
    Files.writeString(root.resolve(place + "/release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  @Test
  void readsJavaVersionsFromReleaseFiles() throws IOException {
    jdk("usr/lib/jvm/temurin-25-jdk", "25.0.3");
    jdk("home/me/.sdkman/candidates/java/21.0.2-tem", "21.0.2");
    Files.createSymbolicLink(
        root.resolve("usr/lib/jvm/default-java"), root.resolve("usr/lib/jvm/temurin-25-jdk"));
    Files.createDirectories(root.resolve("usr/lib/jvm/empty"));
    jdk("hearth/jvm", "25");
    assertThat(find(RuntimeFamily.JAVA, Machine.Os.LINUX).interpreters())
        .extracting(i -> i.version() + " " + i.source())
        .containsExactly("25.0.3 /usr/lib/jvm", "25 Hearth", "21.0.2 sdkman");
    assertThat(asked).isEmpty();
  }

  @Test
  void hearthsOwnJvmWithoutALauncherIsNotOffered() throws IOException {
    Files.createDirectories(root.resolve("hearth/jvm/lib"));
    Files.writeString(root.resolve("hearth/jvm/release"), "JAVA_VERSION=\"25\"\n");
    assertThat(find(RuntimeFamily.JAVA, Machine.Os.LINUX).interpreters()).isEmpty();
  }

  @Test
  void knowsTheUsualPlacesOfMacOsAndWindows() throws IOException {
    jdk("Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home", "21.0.1");
    Path node = program("opt/homebrew/bin/node");
    answers(node, RuntimeFamily.NODEJS, "22.1.0", node);
    Path stub = program("usr/bin/python3");
    environment.put("PATH", "/usr/bin");
    answers(stub, RuntimeFamily.PYTHON, "3.9.6", stub);
    assertThat(find(RuntimeFamily.JAVA, Machine.Os.MACOS).interpreters()).hasSize(1);
    assertThat(find(RuntimeFamily.NODEJS, Machine.Os.MACOS).interpreters()).hasSize(1);
    program("Programs/Python/Python312/python.exe");
    environment.put("LocalAppData", root.toString());
    Path python = root.resolve("Programs/Python/Python312/python.exe");
    answers(python, RuntimeFamily.PYTHON, "3.12.4", python);
    assertThat(find(RuntimeFamily.PYTHON, Machine.Os.WINDOWS).interpreters())
        .extracting(Interpreter::source)
        .contains("python.org");
  }

  @Test
  void theRealMachineAnswersForItsOwnJvm() {
    var found = new InterpreterDiscovery(Machine.current(), root).find(RuntimeFamily.JAVA);
    List<Interpreter> own =
        found.interpreters().stream()
            .filter(i -> VersionNumber.parse(i.version()).part(0) == Runtime.version().feature())
            .toList();
    assertThat(own).isNotEmpty();
    assertThat(own).allSatisfy(i -> assertThat(i.executable()).isExecutable());
  }
}
