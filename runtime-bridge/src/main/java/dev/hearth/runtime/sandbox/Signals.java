package dev.hearth.runtime.sandbox;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Sends signals on any system that has them; Windows has not. */
final class Signals {
  private static final boolean MAC =
      OperatingSystem.ofThisMachine().kind() == OperatingSystem.Kind.MAC;

  static final int KILL = 9;
  static final int TERM = 15;
  static final int STOP = MAC ? 17 : 19;
  static final int CONT = MAC ? 19 : 18;

  private final MethodHandle kill;

  private Signals(MethodHandle kill) {
    this.kill = kill;
  }

  static Optional<Signals> ofThisSystem() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("kill")
        .filter(found -> OperatingSystem.ofThisMachine().kind() != OperatingSystem.Kind.WINDOWS)
        .map(
            found ->
                new Signals(
                    linker.downcallHandle(
                        found,
                        FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))));
  }

  /** To a process, or to a group when the number is negative; nothing happens if it has gone. */
  void send(int target, int signal) {
    try {
      int ignored = (int) kill.invokeExact(target, signal);
    } catch (Throwable unexpected) {
      throw new IllegalStateException("Sending a signal failed", unexpected);
    }
  }
}
