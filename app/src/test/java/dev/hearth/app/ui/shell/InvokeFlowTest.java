package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.service.HearthServices;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.UserFolders;
import dev.hearth.app.testing.FxTest;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javafx.scene.control.Label;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole walk with a real python: type, Ctrl+Enter, see it run, see what came back. */
class InvokeFlowTest extends FxTest {
  private static final String CODE =
      """
      import socket

      def handler(event, context):
          socket.create_connection(("127.0.0.1", event["gate"])).recv(1)
          return {"statusCode": 200}
      """;

  @TempDir Path folder;
  private Path file;
  private final Gate gate = new Gate();
  private AssembledWindow window;

  @BeforeEach
  void open() {
    ProjectService projects = services();
    assumeTrue(
        projects.interpreters().stream().anyMatch(i -> i.family() == RuntimeFamily.PYTHON),
        "needs a python");
    file = folder.resolve("walk.hearth");
    try (ProjectSession session = projects.create(file, "empty")) {
      session
          .functions()
          .create(
              FunctionConfiguration.of("walk", RuntimeIdentifier.parse("python3.12"), "app.handler")
                  .withTimeout(20),
              new SourceLocation.InProject(),
              Map.of("app.py", CODE.getBytes(StandardCharsets.UTF_8)));
      session.events().create("one", "JSON", "{\"gate\": " + gate.port() + "}");
    }
    window = new AssembledWindow(projects).open(Optional.of(file));
  }

  @AfterEach
  void close() {
    gate.close();
    if (window != null) {
      window.close();
      assertThat(window.unexpected()).isEmpty();
    }
  }

  private ProjectService services() {
    return HearthServices.open(UserFolders.under(folder.resolve("user")));
  }

  private List<InvocationRecord> rows() {
    return fxGet(() -> List.copyOf(window.state().invocations().rows()));
  }

  private InvocationRecord ended(int count) {
    waitUntil(
        count + " calls ended",
        () ->
            window.state().invocations().rows().size() == count
                && window.state().invocations().rows().getLast().status().ended());
    return rows().getLast();
  }

  private void status(String style, String text) {
    waitUntil(
        "status " + text,
        () -> window.find(".response-status", Label.class).getText().startsWith(text));
    assertThat(window.find(".response-status", Label.class).getPseudoClassStates().toString())
        .contains(style);
  }

  @Test
  void typesInvokesSeesTheAnswerAndFindsItAgain() {
    window.fire("invoke");
    waitUntil("a row", () -> window.state().invocations().rows().size() == 1);
    assertThat(rows().getFirst().status().ended()).as("it runs until the gate opens").isFalse();
    gate.letOnePass();
    InvocationRecord cold = ended(1);
    assertThat(cold.status()).isEqualTo(InvocationStatus.OK);
    assertThat(cold.coldStart()).isTrue();
    assertThat(cold.peakMemoryBytes()).isGreaterThan(1 << 20);
    waitUntil(
        "green", () -> window.find(".response-status", Label.class).getText().startsWith("200"));

    gate.letOnePass();
    window.press("Ctrl+Enter");
    assertThat(ended(2).coldStart()).isFalse();

    type(window.scene(), "raise KeyError('price')");
    window.press("Enter");
    assertThat(window.state().documents().getFirst().dirtyProperty().get()).isTrue();
    window.press("Ctrl+Enter");
    InvocationRecord failed = ended(3);
    assertThat(failed.status()).isEqualTo(InvocationStatus.ERROR);
    assertThat(failed.coldStart()).as("new code runs in a new environment").isTrue();
    assertThat(window.state().documents().getFirst().dirtyProperty().get()).isFalse();
    status("failed", "KeyError");

    String typed = window.state().documents().getFirst().text();
    window.close();
    window = new AssembledWindow(services()).open(Optional.of(file));
    waitUntil("history", () -> window.state().invocations().rows().size() == 3);
    assertThat(window.state().documents().getFirst().text()).isEqualTo(typed);
  }

  /** Holds calls until the test lets them go on; the function waits for it over loopback. */
  private static final class Gate implements AutoCloseable {
    private final Semaphore open = new Semaphore(0);
    private final ServerSocket server;

    Gate() {
      try {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      try {
        while (true) {
          try (Socket call = server.accept()) {
            open.acquire();
            call.getOutputStream().write(1);
          }
        }
      } catch (IOException | InterruptedException e) {
        // Closed: the test is over.
        return;
      }
    }

    int port() {
      return server.getLocalPort();
    }

    void letOnePass() {
      open.release();
    }

    @Override
    public void close() {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
