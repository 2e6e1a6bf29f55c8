package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
  private final Map<String, String> properties =
      new HashMap<>(Map.of("user.home", "/home/ada", "os.name", "Linux"));
  private final Map<String, String> environment = new HashMap<>();

  private UserFolders folders() {
    return UserFolders.standard(properties::get, environment);
  }

  @Test
  void followsTheXdgRulesOnLinux() {
    assertThat(folders())
        .isEqualTo(
            new UserFolders(
                Path.of("/home/ada/.config/hearth"),
                Path.of("/home/ada/.local/share/hearth"),
                Path.of("/home/ada/.cache/hearth")));
    environment.put("XDG_CONFIG_HOME", "/c");
    environment.put("XDG_CACHE_HOME", "relative/is/invalid");
    assertThat(folders().config()).isEqualTo(Path.of("/c/hearth"));
    assertThat(folders().cache()).isEqualTo(Path.of("/home/ada/.cache/hearth"));
  }

  @Test
  void knowsTheHabitsOfMacAndWindows() {
    properties.put("os.name", "Mac OS X");
    assertThat(folders().cache()).isEqualTo(Path.of("/home/ada/Library/Caches/Hearth"));
    properties.put("os.name", "Windows 11");
    environment.put("LOCALAPPDATA", "/local");
    assertThat(folders().cache()).isEqualTo(Path.of("/local/Hearth/Cache"));
  }

  @Test
  void canBePutElsewhere() {
    environment.put("HEARTH_CONFIG_DIR", "/portable");
    assertThat(folders()).isEqualTo(UserFolders.under(Path.of("/portable")));
    properties.put("hearth.config.dir", "/stronger");
    environment.put("HEARTH_CACHE_DIR", "/fast");
    assertThat(folders().config()).isEqualTo(Path.of("/stronger"));
    assertThat(folders().cache()).isEqualTo(Path.of("/fast"));
  }
}
