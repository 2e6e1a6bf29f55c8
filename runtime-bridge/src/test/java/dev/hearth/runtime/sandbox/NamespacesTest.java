package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamespacesTest extends ViewContract {
  @Override
  String means() {
    return Choice.NAMESPACES;
  }

  /** Mounting is what root may do and others may not. */
  @Override
  boolean possible() throws IOException {
    String rights =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("CapEff:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(rights.substring(7).strip(), 16) >> 21 & 1) == 1;
  }

  @Test
  void withoutNetworkOnlyWhatListensInsideIsReached() throws Exception {
    try (NetworkSpace network = sandbox.privateNetwork(false);
        ServerSocket inside = network.listen(4);
        ServerSocket outside = NetworkSpace.OPEN.listen(4)) {
      String connect =
          "import socket, sys\n"
              + "for port in sys.argv[1:]:\n"
              + "  try:\n"
              + "    s = socket.create_connection(('127.0.0.1', int(port)), 2)\n"
              + "    print(s.recv(5).decode(), flush=True)\n"
              + "  except OSError as e:\n"
              + "    print(e.errno, flush=True)\n"
              + "try:\n"
              + "  socket.create_connection(('192.0.2.1', 80), 2)\n"
              + "except OSError as e:\n"
              + "  print(e.errno)\n";
      SandboxedProcess process =
          start(
              isolation(network),
              "exec python3 -S -c \""
                  + connect
                  + "\" "
                  + inside.getLocalPort()
                  + " "
                  + (outside.getLocalPort() == inside.getLocalPort() ? 1 : outside.getLocalPort()));
      try (Socket peer = inside.accept();
          OutputStream out = peer.getOutputStream();
          InputStream stdout = process.stdout()) {
        out.write("hello".getBytes(StandardCharsets.US_ASCII));
        // Refused, and no route.
        assertThat(SandboxContract.text(stdout)).isEqualTo("hello\n111\n101\n");
      }
    }
  }

  /** The thread that mounts shares its descriptors with the whole program. */
  @Test
  void makingAViewLeavesNoDescriptorOpen() throws Exception {
    for (int i = 0; i < 3; i++) {
      SandboxedProcess process = start(isolation(NetworkSpace.OPEN), "cat /dev/zero | head -c 1");
      try (InputStream stdout = process.stdout()) {
        assertThat(stdout.readAllBytes()).hasSize(1);
      }
    }
    assertThat(targetsOfDescriptors()).doesNotContain("/dev/zero", "/dev/full", "/dev/tty");
  }

  private static List<String> targetsOfDescriptors() throws IOException {
    List<String> targets = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        try {
          targets.add(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException e) {
          // Closed meanwhile.
        }
      }
    }
    return targets;
  }

  /** A zombie counts as one of the processes that an environment may have. */
  @Test
  void endedOrphansAreCollected() throws Exception {
    assertThat(
            output(
                """
                for i in 1 2 3 4 5 6 7 8; do (sh -c : &); done
                while grep -l '^State:.*zombie' /proc/[0-9]*/status >/dev/null 2>&1; do sleep 0.01; done
                echo collected
                """))
        .isEqualTo("collected");
  }

  @Test
  void whoKillsAllOthersKillsNotItself() throws Exception {
    assertThat(
            output(
                """
                exec python3 -I -S -c '
                import os, time
                def others():
                    return [p for p in os.listdir("/proc") if p.isdigit() and int(p) not in (1, os.getpid())]
                for i in range(3):
                    while not others(): time.sleep(0.01)
                    os.kill(-1, 9)
                print("still here")
                '
                """))
        .isEqualTo("still here");
  }

  @Test
  void aFirstProcessThatEndsTooEarlyIsToldAtOnce() throws Exception {
    MountPlan root = new MountPlan();
    root.newRoot();
    root.folder("/proc");
    try (NamespaceThread thread = new NamespaceThread(root, new Killed())) {
      assertThatThrownBy(() -> thread.call(() -> 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended before it was ready");
    }
  }

  /** Its helpers read nothing more. */
  private static final class Killed implements Launcher {
    @Override
    public Launched launch(
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Enclosure enclosure,
        Listener listener) {
      throw new IllegalStateException("Nothing is launched");
    }

    @Override
    public OutputStream startHelper(List<String> command) {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          throw new IOException("Broken pipe");
        }
      };
    }

    @Override
    public void close() {}
  }
}
