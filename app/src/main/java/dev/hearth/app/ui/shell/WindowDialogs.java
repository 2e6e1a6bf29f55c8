package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Dialogs;
import dev.hearth.app.ui.kit.FormDialog;
import dev.hearth.app.ui.kit.FormField;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Questions over the window; file questions start in the folder of the last answer. */
final class WindowDialogs implements Dialogs {
  private static final String PROJECT_FILES = "*.hearth";

  private final Supplier<@Nullable Window> owner;
  private @Nullable Path lastFolder;

  WindowDialogs(Supplier<@Nullable Window> owner) {
    this.owner = owner;
  }

  @Override
  public boolean confirm(String title, String text, String verb) {
    Label message = new Label(text);
    message.setWrapText(true);
    message.getStyleClass().add("dialog-text");
    AtomicReference<Boolean> answer = new AtomicReference<>(false);
    FormDialog dialog = FormDialog.dangerous(owner.get(), title, message, verb);
    dialog.onSubmit(
        () -> {
          answer.set(true);
          dialog.close();
        });
    dialog.showAndWait();
    return answer.get();
  }

  @Override
  public Optional<String> ask(String title, String label, String initial, String verb) {
    return ask(title, label, initial, verb, false);
  }

  @Override
  public Optional<String> askAny(String title, String label, String initial, String verb) {
    return ask(title, label, initial, verb, true);
  }

  private Optional<String> ask(
      String title, String label, String initial, String verb, boolean mayBeBlank) {
    TextField input = new TextField(initial);
    FormField field = new FormField(label, input);
    AtomicReference<Optional<String>> answer = new AtomicReference<>(Optional.empty());
    FormDialog dialog = new FormDialog(owner.get(), title, field, verb);
    dialog.verbEnabled(input.textProperty().map(text -> mayBeBlank || !text.isBlank()));
    dialog.onSubmit(
        () -> {
          answer.set(Optional.of(input.getText().strip()));
          dialog.close();
        });
    dialog.focusFirst(
        () -> {
          input.requestFocus();
          int dot = initial.lastIndexOf('.');
          input.selectRange(0, dot > 0 ? dot : initial.length());
        });
    dialog.showAndWait();
    return answer.get();
  }

  @Override
  public Optional<Path> openFile(String title) {
    return remember(projectChooser(title, "").showOpenDialog(owner.get()));
  }

  @Override
  public Optional<Path> saveFile(String title, String suggestedName) {
    FileChooser chooser = projectChooser(title, suggestedName);
    if (!suggestedName.isEmpty() && !suggestedName.endsWith(".hearth")) {
      chooser.getExtensionFilters().removeFirst();
    }
    return remember(chooser.showSaveDialog(owner.get()));
  }

  @Override
  public Optional<Path> openFolder(String title) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(title);
    if (lastFolder != null) {
      chooser.setInitialDirectory(lastFolder.toFile());
    }
    File folder = chooser.showDialog(owner.get());
    if (folder != null) {
      lastFolder = folder.toPath();
    }
    return Optional.ofNullable(folder).map(File::toPath);
  }

  private FileChooser projectChooser(String title, String name) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    chooser.setInitialFileName(name);
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter("Hearth projects", PROJECT_FILES),
            new FileChooser.ExtensionFilter("All files", "*"));
    if (lastFolder != null) {
      chooser.setInitialDirectory(lastFolder.toFile());
    }
    return chooser;
  }

  private Optional<Path> remember(@Nullable File file) {
    if (file == null) {
      return Optional.empty();
    }
    lastFolder = file.toPath().toAbsolutePath().getParent();
    return Optional.of(file.toPath());
  }
}
