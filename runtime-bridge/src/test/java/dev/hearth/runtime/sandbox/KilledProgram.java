package dev.hearth.runtime.sandbox;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Starts processes, prints their ids and waits to be killed. Runs in a Java machine of its own for
 * {@link WatchdogTest}.
 */
final class KilledProgram {
  private KilledProgram() {}

  public static void main(String[] arguments) throws Exception {
    Sandbox sandbox = arguments[0].equals("native") ? Sandboxes.best() : TestSandboxes.portable();
    sandbox.ownScratch(Path.of(arguments[1]));
    SandboxedProcess sleeper = start(sandbox, "exec sleep 1000");
    SandboxedProcess spinner = start(sandbox, "while :; do :; done");
    spinner.freeze();
    SandboxedProcess parent =
        start(sandbox, "(setsid sh -c 'echo $$; exec sleep 1000' &); exec sleep 1000");
    String escaped =
        new BufferedReader(new InputStreamReader(parent.stdout(), StandardCharsets.UTF_8))
            .readLine();
    System.out.println(sleeper.pid() + "\n" + spinner.pid() + "\n" + escaped);
    new CountDownLatch(1).await();
  }

  private static SandboxedProcess start(Sandbox sandbox, String script) throws Exception {
    return sandbox.start(
        new ProcessSpec(
            List.of("/bin/sh", "-c", script),
            Map.of("PATH", "/usr/bin:/bin"),
            Path.of("/"),
            128 << 20));
  }
}
