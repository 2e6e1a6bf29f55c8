package dev.hearth.runtime.sandbox;

/** The way that other systems take, as far as this one can show it. */
class PortableSandboxTest extends SandboxContract {
  @Override
  Sandbox create() {
    return TestSandboxes.portable();
  }
}
