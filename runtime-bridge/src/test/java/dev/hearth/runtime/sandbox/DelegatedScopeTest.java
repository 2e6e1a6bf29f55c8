package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** systemd, played by the test. */
@DisabledOnOs(OS.WINDOWS)
class DelegatedScopeTest {
  private static final Path SESSION = Path.of("/sys/fs/cgroup/user.slice/session-2.scope");

  private final List<String> asked = new ArrayList<>();
  private final AtomicReference<Path> own = new AtomicReference<>(SESSION);

  private CgroupMounts mounts() {
    return new CgroupMounts(Map.of(), own.get());
  }

  @Test
  void asksForAGroupOfOurOwnAndWaitsUntilWeAreThere() throws Exception {
    String name = "hearth-" + ProcessHandle.current().pid() + ".scope";
    DelegatedScope scope =
        new DelegatedScope(
            command -> {
              asked.addAll(command);
              own.set(SESSION.resolveSibling(name));
              return 0;
            },
            this::mounts);

    assertThat(scope.enter()).isEqualTo(SESSION.resolveSibling(name));
    assertThat(asked)
        .containsSequence("StartTransientUnit", "ssa(sv)a(sa(sv))", name, "fail")
        .containsSequence("PIDs", "au", "1", "" + ProcessHandle.current().pid())
        .containsSequence("Delegate", "b", "true");
  }

  @Test
  void aRefusalIsToldAsSuch() {
    assertThatThrownBy(() -> new DelegatedScope(command -> 1, this::mounts).enter())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("busctl ended with 1");
  }
}
