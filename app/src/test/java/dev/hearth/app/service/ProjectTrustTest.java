package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.InvocationService.BurstRequest;
import dev.hearth.app.testing.FakeLambda;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTrustTest {
  @TempDir Path folder;
  private final FakeLambda lambda = new FakeLambda();
  private ProjectService projects;
  private Path made;

  @BeforeEach
  void create() {
    projects = user("me");
    made = folder.resolve("shop.hearth");
    projects.create(made, "sample").close();
  }

  @AfterEach
  void close() {
    projects.close();
  }

  private ProjectService user(String name) {
    return HearthServices.open(UserFolders.under(folder.resolve(name)), false, () -> lambda);
  }

  private boolean trusted(Path file) {
    try (ProjectSession session = projects.open(file)) {
      return session.trusted();
    }
  }

  private Path copy(Path from, String name) throws Exception {
    return Files.copy(from, folder.resolve(name));
  }

  @Test
  void whatIsMadeHereIsTrustedAlsoAfterItWasMoved() throws Exception {
    assertThat(trusted(made)).isTrue();
    Path moved = Files.createDirectory(folder.resolve("work")).resolve("renamed.hearth");
    Files.move(made, moved);
    assertThat(trusted(moved)).isTrue();
  }

  @Test
  void theSampleIsTrusted() {
    try (ProjectSession session = projects.openSample()) {
      assertThat(session.trusted()).isTrue();
    }
    try (ProjectSession session = projects.openSample()) {
      assertThat(session.trusted()).isTrue();
    }
  }

  @Test
  void anotherUserIsAskedFirst() {
    try (ProjectService other = user("other");
        ProjectSession session = other.open(made)) {
      assertThat(session.trusted()).isFalse();
    }
  }

  @Test
  void aCopyIsNotTrustedThoughItCarriesTheSameId() throws Exception {
    Path copy = copy(made, "copy.hearth");
    assertThat(trusted(copy)).isFalse();
    // Sent away, changed and sent back to the same place.
    Files.delete(made);
    Files.move(copy, made);
    assertThat(trusted(made)).isFalse();
  }

  @Test
  void whatOverwritesATrustedFileInPlaceIsNoticed() throws Exception {
    Path copy = copy(made, "copy.hearth");
    try (ProjectService other = user("other");
        ProjectSession session = other.open(copy)) {
      FunctionDefinition function = session.functions().list().getFirst();
      String path = session.functions().files(function.id()).getFirst().path();
      session.functions().write(function.id(), path, "# not mine\n");
    }
    FileTime before = Files.getLastModifiedTime(made);
    overwrite(copy, made);
    assertThat(trusted(made)).isFalse();
    // As tools do that keep times; the system's own time of the change can't be kept.
    Files.setLastModifiedTime(made, before);
    assertThat(trusted(made)).isFalse();
    try (ProjectSession session = projects.open(made)) {
      session.trust();
    }
    assertThat(trusted(made)).isTrue();
  }

  private static void overwrite(Path from, Path to) throws Exception {
    try (var out = Files.newOutputStream(to, StandardOpenOption.TRUNCATE_EXISTING)) {
      Files.copy(from, out);
    }
  }

  @Test
  void aProjectThatSeveralHaveOpenStaysTrusted() throws Exception {
    try (ProjectSession window = projects.open(made)) {
      Properties list = new Properties();
      Path file = folder.resolve("me/trusted-projects.properties");
      try (var in = Files.newBufferedReader(file)) {
        list.load(in);
      }
      assertThat(list.stringPropertyNames()).anyMatch(n -> n.endsWith(" open"));
      assertThat(list.stringPropertyNames()).noneMatch(n -> n.endsWith(" seal"));
      FunctionDefinition function = window.functions().list().getFirst();
      String path = window.functions().files(function.id()).getFirst().path();
      window.functions().write(function.id(), path, "# mine\n");
      assertThat(trusted(made)).isTrue();
      window.functions().write(function.id(), path, "# mine again\n");
    }
    assertThat(trusted(made)).isTrue();
  }

  @Test
  void trustIsKeptAndRevoked() throws Exception {
    Path copy = copy(made, "copy.hearth");
    try (ProjectSession session = projects.open(copy)) {
      session.trust();
      assertThat(session.trusted()).isTrue();
    }
    assertThat(trusted(copy)).isTrue();
    try (ProjectSession session = projects.open(copy)) {
      session.revokeTrust();
    }
    assertThat(trusted(copy)).isFalse();
    assertThat(trusted(made)).isTrue();
  }

  @Test
  void trustForOneRunIsNotKept() throws Exception {
    Path copy = copy(made, "copy.hearth");
    try (ProjectSession session = projects.open(copy)) {
      session.trustOnce();
      FunctionDefinition function = session.functions().list().getFirst();
      assertThat(session.invocations().invoke(function.id(), "{}").result().join().succeeded())
          .isTrue();
    }
    assertThat(trusted(copy)).isFalse();
  }

  @Test
  void nothingOfARestrictedProjectRuns() throws Exception {
    Path copy = copy(made, "copy.hearth");
    try (ProjectSession session = projects.open(copy)) {
      FunctionDefinition function = session.functions().list().getFirst();
      assertThatThrownBy(() -> session.invocations().invoke(function.id(), "{}").result().join())
          .cause()
          .isInstanceOf(HearthException.class)
          .hasMessageContaining("hearth trust " + copy)
          .hasMessageContaining("--trust");
      assertThatThrownBy(
              () ->
                  session
                      .invocations()
                      .burst(new BurstRequest(function.id(), "{}", 2, 1), result -> {})
                      .done()
                      .join())
          .hasCauseInstanceOf(HearthException.class);
      assertThatThrownBy(() -> session.queues().invoke(function.id(), "{}"))
          .isInstanceOf(HearthException.class);
      assertThatThrownBy(() -> session.serveApi(0, problem -> {}))
          .isInstanceOf(HearthException.class);
      assertThat(lambda.deployed()).isEmpty();
      assertThat(session.history().recent(10)).isEmpty();
      // What does not run works.
      String path = session.functions().files(function.id()).getFirst().path();
      session.functions().write(function.id(), path, "# read\n");
      assertThat(session.functions().read(function.id(), path)).isEqualTo("# read\n");
    }
  }

  @Test
  void queuedEventsWaitUntilTheProjectIsTrusted() throws Exception {
    try (ProjectSession session = projects.open(made)) {
      session.queues().enqueue(session.functions().list().getFirst().id(), "{}");
    }
    Path copy = copy(made, "copy.hearth");
    try (ProjectSession session = projects.open(copy);
        var delivering = session.queues().deliver(problem -> {})) {
      assertThat(session.queues().pending(9)).hasSize(1);
      assertThat(lambda.deployed()).isEmpty();
      session.trust();
      await(() -> !lambda.deployed().isEmpty());
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void theListIsReadableByTheUserAlone() throws Exception {
    Path list = folder.resolve("me/trusted-projects.properties");
    assertThat(list).exists();
    if (Files.getFileStore(list).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(list))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }
}
