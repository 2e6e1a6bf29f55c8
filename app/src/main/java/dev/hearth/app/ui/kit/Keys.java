package dev.hearth.app.ui.kit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/**
 * Reads the key texts of actions ({@code Ctrl+Enter}) and writes them for people. {@code Ctrl}
 * stands for the platform's own shortcut key.
 */
public final class Keys {
  private static final Map<String, KeyCombination> PARSED = new ConcurrentHashMap<>();

  private Keys() {}

  /** Whether a pressed key is the one that the text names; an empty text matches nothing. */
  public static boolean matches(String key, KeyEvent event) {
    return !key.isEmpty() && PARSED.computeIfAbsent(key, Keys::parse).match(event);
  }

  /**
   * @throws IllegalArgumentException when the text names no key
   */
  public static KeyCombination parse(String key) {
    return KeyCombination.valueOf(key.replace("Ctrl", "Shortcut"));
  }

  /** A text with its key for tooltips: {@code Invoke (Ctrl+Enter)}. */
  public static String withKey(String text, String key) {
    return key.isEmpty() ? text : text + " (" + key + ")";
  }
}
