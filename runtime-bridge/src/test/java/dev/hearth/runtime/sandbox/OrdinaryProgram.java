package dev.hearth.runtime.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Opens the best sandbox and shows what a process in it can do. Runs in a Java machine of its own,
 * as a user without any rights, for {@link OrdinaryUserTest}.
 */
final class OrdinaryProgram {
  private static final long MEBI = 1 << 20;

  private OrdinaryProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path task = Files.createDirectory(folder.resolve("code"));
    Path tmp = Files.createDirectory(folder.resolve("private"));
    Files.writeString(folder.resolve("stranger"), "of somebody else");
    try (Sandbox sandbox = Sandboxes.best()) {
      System.out.println("means: " + sandbox.description());
      System.out.println("missing: " + sandbox.notLimited());
      String look =
          "id -u; ulimit -n; cat "
              + folder
              + "/stranger 2>&1; echo x 2>&1 > /var/task/new;"
              + " head -c 4000000 /dev/zero 2>&1 > /tmp/large; wc -c < /tmp/large; echo done";
      SandboxedProcess process =
          sandbox.start(
              new ProcessSpec(
                  List.of("/bin/sh", "-c", "exec 2>&1; " + look),
                  Map.of("PATH", "/usr/bin:/bin"),
                  task,
                  128 * MEBI,
                  new Isolation(task, null, tmp, MEBI, List.of(), NetworkSpace.OPEN)));
      process.stdout().transferTo(System.out);
      System.out.println("exit: " + process.onExit().join());
    }
  }
}
