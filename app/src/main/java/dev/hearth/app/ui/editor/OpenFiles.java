package dev.hearth.app.ui.editor;

import dev.hearth.app.service.SettingsService;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.ui.kit.code.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which files are open, in front and where their carets are, remembered per project. */
final class OpenFiles {
  private static final String KEY = "editor.open";

  /**
   * @param front whether its tab is the one in front
   */
  record OpenFile(long functionId, String path, Place caret, boolean front) {}

  private final SettingsService settings;
  private String written = "";

  OpenFiles(SettingsService settings) {
    this.settings = settings;
  }

  /** What was open; lines that can't be read are left out. */
  List<OpenFile> load() {
    List<OpenFile> files = new ArrayList<>();
    for (String line : settings.get(KEY).orElse("").split("\n")) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 5) {
        try {
          files.add(
              new OpenFile(
                  Long.parseLong(parts[0]),
                  parts[4],
                  new Place(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])),
                  parts[3].equals("front")));
        } catch (NumberFormatException e) {
          // Written by another version of Hearth: the file just isn't opened again.
          continue;
        }
      }
    }
    return files;
  }

  /** Whether anything was ever remembered for this project. */
  boolean known() {
    return settings.get(KEY).isPresent();
  }

  void store(
      List<EditorDocument> documents, EditorDocument front, Map<EditorDocument, Place> carets) {
    StringBuilder text = new StringBuilder();
    for (EditorDocument document : documents) {
      Place caret = carets.getOrDefault(document, new Place(0, 0));
      text.append(document.functionId())
          .append('\t')
          .append(caret.line())
          .append('\t')
          .append(caret.column())
          .append('\t')
          .append(document == front ? "front" : "")
          .append('\t')
          .append(document.path())
          .append('\n');
    }
    if (!text.toString().equals(written)) {
      written = text.toString();
      settings.put(KEY, written);
    }
  }
}
