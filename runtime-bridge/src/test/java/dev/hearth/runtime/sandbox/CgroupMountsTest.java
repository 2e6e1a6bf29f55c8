package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class CgroupMountsTest {
  @Test
  void findsTheGroupOfADesktopSession() {
    CgroupMounts mounts =
        CgroupMounts.parse(
            "29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
            "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-1.scope\n");

    assertThat(mounts.v1()).isEmpty();
    assertThat(mounts.v2())
        .isEqualTo(
            Path.of(
                "/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-1.scope"));
  }

  @Test
  void findsEachControllerOfVersionOne() {
    CgroupMounts mounts =
        CgroupMounts.parse(
            """
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            """,
            """
            9:name=systemd:/
            4:memory:/session/1
            2:cpu,cpuacct:/
            0::/
            """);

    assertThat(mounts.v1())
        .isEqualTo(
            Map.of(
                "memory", Path.of("/sys/fs/cgroup/memory/session/1"),
                "cpu", Path.of("/sys/fs/cgroup/cpu,cpuacct"),
                "cpuacct", Path.of("/sys/fs/cgroup/cpu,cpuacct")));
    assertThat(mounts.v2()).isEqualTo(Path.of("/sys/fs/cgroup/unified"));
  }

  @Test
  void aContainerSeesOnlyItsPart() {
    CgroupMounts mounts =
        CgroupMounts.parse(
            "35 31 0:32 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                + "36 31 0:33 /docker/abc /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n",
            "4:memory:/docker/abc/inner\n5:pids:/elsewhere\n");

    assertThat(mounts.v1()).isEqualTo(Map.of("memory", Path.of("/sys/fs/cgroup/memory/inner")));
  }
}
