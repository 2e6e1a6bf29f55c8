package dev.hearth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.ChildJvm;
import dev.hearth.app.testing.RecordedLookups;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as a user starts it sends nothing anywhere: neither its window with the sample
 * project, its first call and some rest, nor its commands. Looked for are names that the JVM asks
 * the system for, and bytes that its sockets carry beyond this machine.
 */
class NoNetworkTest {
  private static final List<String> TRAFFIC = List.of("jdk.SocketRead", "jdk.SocketWrite");
  private static final long LIMIT_MINUTES = 5;

  @TempDir private Path folder;

  /** What the traps must see: a name that is asked for, and bytes to another address. */
  static final class Talkative {
    private Talkative() {}

    static void main(String[] address) throws IOException {
      try {
        InetAddress.getByName("somewhere.invalid");
      } catch (IOException expected) {
        System.err.println("Not found, as it should be");
      }
      SocketAddress there = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
      try (Socket socket = new Socket()) {
        socket.connect(there);
        socket.getOutputStream().write(1);
      }
    }
  }

  private List<String> lookups() throws IOException {
    Path file = folder.resolve("lookups.txt");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private TreeSet<String> peers() throws IOException {
    TreeSet<String> peers = new TreeSet<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(folder.resolve("traffic.jfr"))) {
      if (TRAFFIC.contains(event.getEventType().getName())) {
        peers.add(event.getString("address"));
      }
    }
    return peers;
  }

  private void run(Class<?> main, String... arguments) throws Exception {
    StringBuilder recording =
        new StringBuilder("-XX:StartFlightRecording:settings=none,dumponexit=true");
    recording.append(",filename=").append(folder.resolve("traffic.jfr"));
    TRAFFIC.forEach(
        event -> recording.append(",+%1$s#enabled=true,+%1$s#threshold=0ns".formatted(event)));
    List<String> flags = new ArrayList<>(List.of(recording.toString(), "-Xlog:disable"));
    flags.add("-D" + RecordedLookups.FILE + "=" + folder.resolve("lookups.txt"));
    flags.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
    Process process = ChildJvm.startWhole(flags, main, arguments);
    process.getInputStream().readAllBytes();
    boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void windowTalksToThisMachineAlone() throws Exception {
    run(Rehearsal.class, "window", folder.resolve("window").toString());
    assertThat(lookups()).isEmpty();
    assertThat(peers()).isNotEmpty().allMatch(NoNetworkTest::isLoopback);
  }

  @Test
  void commandsTalkToThisMachineAlone() throws Exception {
    run(Rehearsal.class, "commands", Files.createDirectory(folder.resolve("commands")).toString());
    assertThat(lookups()).isEmpty();
    assertThat(peers()).isNotEmpty().allMatch(NoNetworkTest::isLoopback);
  }

  private static boolean isLoopback(String address) {
    return InetAddress.ofLiteral(address).isLoopbackAddress();
  }

  @Test
  void seesBothNamesAndBytes() throws Exception {
    try (var server = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(server.getLocalPort());
      run(Talkative.class, InetAddress.getLoopbackAddress().getHostAddress(), port);
    }
    assertThat(lookups()).containsExactly("somewhere.invalid");
    assertThat(peers()).containsExactly(InetAddress.getLoopbackAddress().getHostAddress());
    assertThat(isLoopback("192.0.2.1")).isFalse();
  }
}
