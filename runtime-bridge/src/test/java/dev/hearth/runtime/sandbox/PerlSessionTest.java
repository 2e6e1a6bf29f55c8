package dev.hearth.runtime.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The way of macOS, which has no command of its own that begins a session. */
class PerlSessionTest extends SandboxContract {
  @Override
  Sandbox create() {
    Path perl = Path.of(UnixSystem.perlSession().getFirst());
    assumeTrue(Files.isExecutable(perl), "needs " + perl);
    return TestSandboxes.portable(UnixSystem.perlSession());
  }
}
