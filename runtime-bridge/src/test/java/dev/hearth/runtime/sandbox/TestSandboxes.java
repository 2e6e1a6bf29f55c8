package dev.hearth.runtime.sandbox;

import java.util.List;

/** Sandboxes that tests ask for by name. */
final class TestSandboxes {
  private TestSandboxes() {}

  /** The way of other systems, as far as this one can show it. */
  static Sandbox portable() {
    return portable(List.of("/usr/bin/setsid"));
  }

  /**
   * The way of other systems, as far as this one can show it.
   *
   * @param session the command that begins a session
   */
  static Sandbox portable(List<String> session) {
    return new ProcessSandbox(
        new ProcessSandbox.Means() {
          @Override
          public Launcher launcher(Sweeper sweeper) {
            return new PortableLauncher(
                new UnixSystem(pid -> new GroupMeter(pid, sweeper::sessionOf, null), session));
          }

          @Override
          public Confinement confinement(Sweeper sweeper, Launcher launcher) {
            return Confinement.NONE;
          }

          @Override
          public boolean proc() {
            return true;
          }

          @Override
          public boolean shell() {
            return true;
          }
        });
  }
}
