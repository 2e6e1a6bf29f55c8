package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.FakeLambda;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedFolderTest {
  @TempDir Path folder;
  private Path code;
  private ProjectService projects;
  private ProjectSession session;
  private FunctionDefinition function;

  @BeforeEach
  void link() throws IOException {
    code = Files.createDirectories(folder.resolve("checkout/app"));
    write("app.py", "one");
    write("node_modules/dep/index.js", "dep");
    write(".git/HEAD", "ref");
    write("__pycache__/app.pyc", "pyc");
    projects =
        HearthServices.open(
            UserFolders.under(folder.resolve("user")), true, () -> new FakeLambda());
    session = projects.create(folder.resolve("p.hearth"), "empty");
    function =
        session
            .functions()
            .create(
                FunctionConfiguration.of(
                    "linked", RuntimeIdentifier.parse("python3.12"), "app.handler"),
                new SourceLocation.LinkedFolder(code),
                Map.of());
  }

  @AfterEach
  void close() {
    session.close();
    projects.close();
  }

  /** Writes a file as of some time ago, so that the clock's precision plays no part. */
  private void write(String path, String text) throws IOException {
    Path file = code.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  private FunctionService.Snapshot snapshot() {
    return session.functions().snapshot(function.id());
  }

  private Path taskRoot() {
    return snapshot().deployable().code().taskRoot();
  }

  @Test
  void runsACopyWithDependenciesButWithoutVersionControlAndCaches() {
    Path root = taskRoot();

    assertThat(root).isNotEqualTo(code);
    assertThat(root.resolve("app.py")).hasContent("one");
    assertThat(root.resolve("node_modules/dep/index.js")).exists();
    assertThat(root.resolve(".git")).doesNotExist();
    assertThat(root.resolve("__pycache__")).doesNotExist();
  }

  @Test
  void listsOwnFilesOnly() {
    assertThat(session.functions().files(function.id()))
        .extracting(SourceFile::path)
        .containsExactly("app.py");
  }

  @Test
  void aChangeOutsideMakesANewVersionAndGoingBackTheOldOne() throws IOException {
    assertThat(snapshot().version().number()).isEqualTo(1);
    write("app.py", "two");
    assertThat(snapshot().version().number()).isEqualTo(2);
    assertThat(taskRoot().resolve("app.py")).hasContent("two");
    write("app.py", "one");
    assertThat(snapshot().version().number()).isEqualTo(1);
    write(".git/HEAD", "other");
    write("__pycache__/app.pyc", "other");
    assertThat(snapshot().version().number()).isEqualTo(1);
    write("node_modules/dep/index.js", "other");
    assertThat(snapshot().version().number()).isEqualTo(3);
  }

  @Test
  void aChangeWithinTheClocksPrecisionIsSeen() throws IOException {
    Path file = code.resolve("app.py");
    FileTime now = FileTime.from(Instant.now());
    Files.writeString(file, "aaa");
    Files.setLastModifiedTime(file, now);
    String first = snapshot().version().sha256();
    Files.writeString(file, "bbb");
    Files.setLastModifiedTime(file, now);

    assertThat(snapshot().version().sha256()).isNotEqualTo(first);
  }

  @Test
  void theSameFilesHaveTheSameHashInTheProject() {
    FunctionDefinition inside =
        session
            .functions()
            .create(
                FunctionConfiguration.of(
                    "inside", RuntimeIdentifier.parse("python3.12"), "app.handler"),
                new SourceLocation.InProject(),
                Map.of(
                    "app.py", "one".getBytes(),
                    "node_modules/dep/index.js", "dep".getBytes()));
    assertThat(session.functions().snapshot(inside.id()).version().sha256())
        .isEqualTo(snapshot().version().sha256());
  }

  @Test
  void aVeryLargeFolderRunsInPlace() throws IOException {
    Path large = code.resolve("node_modules/large.bin");
    try (RandomAccessFile out = new RandomAccessFile(large.toFile(), "rw")) {
      out.setLength(FolderSnapshots.COPIED_BYTES + 1);
    }
    String before = snapshot().version().sha256();
    assertThat(taskRoot()).isEqualTo(code);
    write("app.py", "changed");
    assertThat(snapshot().version().sha256()).isNotEqualTo(before);
  }

  @Test
  void linksInsideStayLinksAndOthersPointToTheirPlace() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.txt"), "outside");
    Files.createSymbolicLink(code.resolve("in.py"), Path.of("app.py"));
    Files.createSymbolicLink(code.resolve("out.txt"), Path.of("../../outside.txt"));
    Path root = taskRoot();

    assertThat(Files.readSymbolicLink(root.resolve("in.py"))).isEqualTo(Path.of("app.py"));
    assertThat(Files.readSymbolicLink(root.resolve("out.txt"))).isEqualTo(outside);
    assertThat(root.resolve("out.txt")).hasContent("outside");
  }

  @Test
  void writesThroughLinksAndKeepsPermissions() throws IOException {
    Path script = Files.writeString(code.resolve("run.sh"), "#!/bin/sh\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(code.resolve("link.py"), Path.of("app.py"));
    session.functions().write(function.id(), "run.sh", "#!/bin/sh\necho\n");
    session.functions().write(function.id(), "link.py", "through");

    assertThat(script.toFile().canExecute()).isTrue();
    assertThat(code.resolve("app.py")).hasContent("through");
    assertThat(code.resolve("link.py")).isSymbolicLink();
    assertThat(session.functions().read(function.id(), "run.sh")).contains("echo");
  }

  @Test
  void aFolderThatIsGoneIsAClearMessage() throws IOException {
    SourceCache.delete(code);
    assertThatThrownBy(this::snapshot)
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("The linked folder " + code + " does not exist");
    assertThatThrownBy(
            () ->
                session
                    .functions()
                    .create(
                        FunctionConfiguration.of(
                            "other", RuntimeIdentifier.parse("python3.12"), "a.b"),
                        new SourceLocation.LinkedFolder(folder.resolve("none")),
                        Map.of()))
        .hasMessageContaining("does not exist");
  }

  @Test
  void projectAndFolderCanMoveTogether() throws IOException {
    session.close();
    Path moved = Files.createDirectory(folder.resolve("moved"));
    Files.move(folder.resolve("p.hearth"), moved.resolve("p.hearth"));
    Files.move(folder.resolve("checkout"), moved.resolve("checkout"));
    session = projects.open(moved.resolve("p.hearth"));

    assertThat(session.functions().get("linked").source())
        .isEqualTo(new SourceLocation.LinkedFolder(moved.resolve("checkout/app")));
    assertThat(taskRoot().resolve("app.py")).hasContent("one");
  }

  @Test
  void changesByOthersAreToldAndOwnOnesAreNot() throws Exception {
    LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    try (Subscription subscription = session.functions().onExternalChange(told::add)) {
      session.functions().write(function.id(), "app.py", "own");
      assertThat(told.poll(FolderWatcher.QUIET_MILLIS * 3, TimeUnit.MILLISECONDS)).isNull();
      Files.createDirectories(code.resolve("deep/er"));
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(function.id());
      Files.writeString(code.resolve("deep/er/new.py"), "x");
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(function.id());
      assertThat(subscription).isNotNull();
    }
  }
}
