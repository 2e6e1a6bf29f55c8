package dev.hearth.app.ui.kit;

import java.nio.file.Path;
import java.util.Optional;

/**
 * All questions to the user go through here, so that owner window, theme and wording are the same
 * and tests can answer.
 */
public interface Dialogs {
  /**
   * Asks before something is destroyed.
   *
   * @param verb the text of the confirming button, e.g. {@code Delete event}
   */
  boolean confirm(String title, String text, String verb);

  /** Asks for one line of text; empty when cancelled. */
  Optional<String> ask(String title, String label, String initial, String verb);

  /** Asks for one line of text that may be left out; empty when cancelled. */
  Optional<String> askAny(String title, String label, String initial, String verb);

  Optional<Path> openFile(String title);

  Optional<Path> saveFile(String title, String suggestedName);

  Optional<Path> openFolder(String title);
}
