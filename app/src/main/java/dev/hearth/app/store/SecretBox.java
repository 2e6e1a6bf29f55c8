package dev.hearth.app.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the values of secret variables for the project file, by AES-256-GCM with the user's key: a
 * project that is given away, committed or stolen gives none of them away. A sealed value says
 * which key it needs and is bound to its variable's name, so that it can't be put under another one
 * that a function prints.
 */
public final class SecretBox {
  private static final String FORMAT = "v1";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_NAME_BYTES = 8;

  private final SecretKeyFile keyFile;
  private final SecureRandom random = new SecureRandom();

  public SecretBox(SecretKeyFile keyFile) {
    this.keyFile = keyFile;
  }

  /**
   * Seals a value; the user's key is made when there is none.
   *
   * @param name the variable's
   * @throws StoreException when there is no key and none can be made
   */
  public String seal(String name, String value) {
    byte[] key = keyFile.readOrMake();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, name, value.getBytes(UTF_8));
    Base64.Encoder text = Base64.getEncoder().withoutPadding();
    return String.join(
        ":", FORMAT, keyName(key), text.encodeToString(nonce), text.encodeToString(sealed));
  }

  /**
   * Opens a sealed value; empty when it needs a key that is not here, or was changed.
   *
   * @throws StoreException when there is a key that can't be read
   */
  public Optional<String> open(String name, String sealed) {
    String[] parts = sealed.split(":", -1);
    Optional<byte[]> key = parts.length == 4 ? keyFile.read() : Optional.empty();
    if (key.isEmpty() || !parts[0].equals(FORMAT) || !parts[1].equals(keyName(key.get()))) {
      return Optional.empty();
    }
    try {
      byte[] nonce = Base64.getDecoder().decode(parts[2]);
      byte[] data = Base64.getDecoder().decode(parts[3]);
      return Optional.of(new String(run(Cipher.DECRYPT_MODE, key.get(), nonce, name, data), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException when what is to be opened was changed
   */
  private static byte[] run(int mode, byte[] key, byte[] nonce, String name, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(UTF_8));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not what was sealed for " + name, e);
    }
  }

  private static String keyName(byte[] key) {
    MessageDigest digest = ContentTable.sha256();
    digest.update("hearth key name".getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest(key), 0, KEY_NAME_BYTES);
  }
}
