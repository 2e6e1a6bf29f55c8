package dev.hearth.runtime.sandbox;

/** Sandboxes that tests ask for by name. */
final class TestSandboxes {
  private TestSandboxes() {}

  /** The way of other systems, as far as this one can show it. */
  static Sandbox portable() {
    return new ProcessSandbox(
        new ProcessSandbox.Means() {
          @Override
          public Launcher launcher(Sweeper sweeper) {
            return new PortableLauncher(sweeper::sessionOf);
          }

          @Override
          public Confinement confinement(Sweeper sweeper, Launcher launcher) {
            return Confinement.NONE;
          }

          @Override
          public boolean proc() {
            return true;
          }
        });
  }
}
