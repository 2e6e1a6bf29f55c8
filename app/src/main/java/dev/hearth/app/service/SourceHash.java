package dev.hearth.app.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of a whole source: over the paths, kinds and contents of its files in path order. The
 * same files have the same hash in the project and in a folder.
 */
final class SourceHash {
  private final MessageDigest digest = sha256();

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Adds the next file.
   *
   * @param kind {@code f} file, {@code x} executable file, {@code l} link
   * @param content its hash, or what stands for it
   */
  SourceHash add(String path, char kind, byte[] content) {
    digest.update(
        (path + '\0' + kind + '\0' + content.length + '\0').getBytes(StandardCharsets.UTF_8));
    digest.update(content);
    return this;
  }

  /** 64 hex digits. */
  String finish() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
