package dev.hearth.runtime.sandbox;

import java.util.List;

/** How one system differs from others where processes are started through the JDK. */
interface PortableSystem {
  /** What nothing is read from. */
  String nullDevice();

  /** The command that runs the wanted one apart from ours and within Lambda's limits. */
  List<String> command(List<String> wanted);

  /** What can be done with a process that has just been started by {@link #command}. */
  GroupControl control(Process process);
}
