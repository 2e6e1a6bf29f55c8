package dev.hearth.app.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The user's key for secrets: a file outside every project that only the user can read. It is made
 * with the first secret and read at most once.
 */
public final class SecretKeyFile {
  private static final int KEY_BYTES = 32;

  private final Path file;
  private byte[] key = {};

  public SecretKeyFile(Path file) {
    this.file = file;
  }

  /** The key; empty when there is none. */
  synchronized Optional<byte[]> read() {
    if (key.length == 0) {
      try {
        byte[] found = Base64.getDecoder().decode(Files.readString(file).strip());
        if (found.length != KEY_BYTES) {
          throw new IllegalArgumentException("it has " + found.length + " bytes");
        }
        key = found;
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException | IllegalArgumentException e) {
        throw new StoreException(
            StoreException.Reason.FAILED,
            "The key for secrets %s can't be read: %s. Restore it from a backup, or move it away and enter the secrets anew."
                .formatted(file, e.getMessage()),
            e);
      }
    }
    return Optional.of(key);
  }

  synchronized byte[] readOrMake() {
    Optional<byte[]> found = read();
    if (found.isPresent()) {
      return found.get();
    }
    byte[] made = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(made);
    try {
      write(Base64.getEncoder().encodeToString(made));
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Reason.FAILED,
          "The key for secrets %s can't be made: %s. Make its folder writable."
              .formatted(file, e.getMessage()),
          e);
    }
    return read().orElseThrow();
  }

  /** Complete or not at all; when another Hearth was faster, its key counts. */
  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    // A temporary file is readable by its owner alone.
    Path made = Files.createTempFile(file.getParent(), "secret", ".partial");
    try {
      Files.writeString(made, text + "\n");
      link(made);
    } catch (FileAlreadyExistsException e) {
      // Theirs is read next.
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private void link(Path made) throws IOException {
    try {
      Files.createLink(file, made);
    } catch (UnsupportedOperationException e) {
      Files.move(made, file);
    }
  }
}
