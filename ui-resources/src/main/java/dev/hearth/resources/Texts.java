package dev.hearth.resources;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.MissingResourceException;
import java.util.Properties;
import java.util.Set;

/**
 * The words of one panel, kept out of the code so that they can be read, checked and translated as
 * a whole. Files are UTF-8 properties named {@code texts/<panel>.properties}; {@code {0}}, {@code
 * {1}} ... stand for arguments.
 */
public final class Texts {
  private final String panel;
  private final Properties entries;

  private Texts(String panel, Properties entries) {
    this.panel = panel;
    this.entries = entries;
  }

  /**
   * Loads the texts of a panel.
   *
   * @throws MissingResourceException when there is no such file
   */
  public static Texts of(String panel) {
    Properties entries = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream("texts/" + panel + ".properties")) {
      if (in == null) {
        throw new MissingResourceException("No texts for panel " + panel, panel, "");
      }
      entries.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the texts of panel " + panel, e);
    }
    return new Texts(panel, entries);
  }

  /**
   * A text with its arguments filled in.
   *
   * @throws MissingResourceException when the panel has no such text: a mistake in the program
   */
  public String get(String key, Object... arguments) {
    String text = entries.getProperty(key);
    if (text == null) {
      throw new MissingResourceException("No text " + key + " in panel " + panel, panel, key);
    }
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }

  /** All keys, for checks. */
  public Set<String> keys() {
    return entries.stringPropertyNames();
  }
}
