package dev.hearth.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  @TempDir Path folder;

  private SecretBox box(String user) {
    return new SecretBox(new SecretKeyFile(folder.resolve(user).resolve("secret.key")));
  }

  @Test
  void opensWhatItsUserSealed() {
    String sealed = box("me").seal("API_KEY", "s3cr3t, é");
    assertThat(sealed).doesNotContain("s3cr3t");
    assertThat(box("me").open("API_KEY", sealed)).contains("s3cr3t, é");
    assertThat(box("me").seal("API_KEY", "s3cr3t, é")).isNotEqualTo(sealed);
  }

  @Test
  void opensNothingForOthersUnderAnotherNameOrChanged() {
    String sealed = box("me").seal("API_KEY", "s3cr3t");
    assertThat(box("nobody").open("API_KEY", sealed)).isEmpty();
    box("other").seal("X1", "x");
    assertThat(box("other").open("API_KEY", sealed)).isEmpty();
    assertThat(box("me").open("PRINTED", sealed)).isEmpty();
    String changed = sealed.substring(0, sealed.length() - 4) + "AAAA";
    assertThat(box("me").open("API_KEY", changed)).isEmpty();
    assertThat(box("me").open("API_KEY", "")).isEmpty();
    assertThat(folder.resolve("nobody")).doesNotExist();
  }

  @Test
  void theKeyIsForTheUserAlone() throws Exception {
    box("me").seal("API_KEY", "s3cr3t");
    Path key = folder.resolve("me/secret.key");
    if (Files.getFileStore(key).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(key))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(folder.resolve("me").toFile().list()).containsExactly("secret.key");
  }

  @Test
  void aDamagedKeyIsToldAndNotReplaced() throws Exception {
    Path key = Files.createDirectories(folder.resolve("me")).resolve("secret.key");
    Files.writeString(key, "short");
    assertThatThrownBy(() -> box("me").seal("API_KEY", "s3cr3t"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(key.toString())
        .hasMessageContaining("backup");
    assertThat(key).hasContent("short");
  }
}
