package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BubblewrapTest extends ViewContract {
  @Override
  String means() {
    return Choice.BUBBLEWRAP;
  }

  @Override
  boolean possible() {
    return Bubblewrap.find() != null;
  }

  /** As an ordinary user has it: then {@code /tmp} is memory that nobody counts. */
  @Test
  void withoutControlGroupsTmpEndsWhereItIsConfiguredToEndToo() throws Exception {
    sandbox.close();
    sandbox = Sandboxes.with(Choice.of(means()));
    assertThat(sandbox.notLimited()).doesNotContain("size of /tmp");
    tmpEndsWhereItIsConfiguredToEndAndIsSharedByTheEnvironment();
    assertThat(output("id -u"))
        .isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
  }
}
