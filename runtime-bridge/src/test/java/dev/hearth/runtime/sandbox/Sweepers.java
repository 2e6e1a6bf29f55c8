package dev.hearth.runtime.sandbox;

import java.util.List;

/** Looks for what a process left behind. */
final class Sweepers {
  private Sweepers() {}

  /** Living members of the process's session. */
  static List<Integer> carrying(SandboxedProcess process) {
    return ProcTable.sessions().getOrDefault((int) process.pid(), List.of()).stream()
        .filter(Waiting::alive)
        .toList();
  }
}
