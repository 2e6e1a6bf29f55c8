package dev.hearth.app.ui.kit;

import dev.hearth.app.ui.kit.code.PulseTask;
import javafx.beans.value.ObservableValue;
import javafx.event.ActionEvent;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Screen;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * A dialog with a form: one button that carries the verb, one that cancels. The verb does not close
 * it: whoever handles it does, so that a refused value can be shown beside its field.
 */
public final class FormDialog {
  /** Cancel, then a verb that is not the default. */
  private static final String VERB_LAST = "L_R+CU";

  private final Dialog<ButtonType> dialog = new Dialog<>();
  private final Label problem = new Label();
  private final Button verb;

  public FormDialog(@Nullable Window owner, String title, Node content, String verbText) {
    this(owner, title, content, new ButtonType(verbText, ButtonBar.ButtonData.OK_DONE));
  }

  private FormDialog(@Nullable Window owner, String title, Node content, ButtonType verbType) {
    DialogPane pane = dialog.getDialogPane();
    pane.getStyleClass().add("form-dialog");
    pane.getButtonTypes().setAll(verbType, ButtonType.CANCEL);
    problem.getStyleClass().add("field-error");
    problem.setWrapText(true);
    problem.setVisible(false);
    problem.managedProperty().bind(problem.visibleProperty());
    VBox box = new VBox(content, problem);
    box.setPadding(Insets.EMPTY);
    box.getStyleClass().add("form");
    pane.setContent(box);
    verb = (Button) pane.lookupButton(verbType);
    verb.getStyleClass().add("primary");
    dialog.setTitle(title);
    dialog.setHeaderText(title);
    dialog.setGraphic(null);
    dialog.setResizable(true);
    dialog.initModality(Modality.WINDOW_MODAL);
    if (owner != null) {
      dialog.initOwner(owner);
    }
    PulseTask onScreen = new PulseTask(this::keepOnScreen);
    dialog.showingProperty().subscribe(onScreen::request);
  }

  /**
   * A question about something that can't be undone: the verb has the colour of danger, and Cancel
   * has the focus. The verb must not be a default button, which would take the focus when shown.
   */
  public static FormDialog dangerous(
      @Nullable Window owner, String title, Node content, String verbText) {
    FormDialog made =
        new FormDialog(owner, title, content, new ButtonType(verbText, ButtonBar.ButtonData.OTHER));
    if (made.dialog.getDialogPane().lookup(".button-bar") instanceof ButtonBar bar) {
      bar.setButtonOrder(VERB_LAST);
    }
    made.verb.getStyleClass().remove("primary");
    made.verb.getStyleClass().add("danger-button");
    made.focusFirst(
        () -> made.dialog.getDialogPane().lookupButton(ButtonType.CANCEL).requestFocus());
    return made;
  }

  /** Runs when the verb is pressed. */
  public void onSubmit(Runnable submit) {
    verb.addEventFilter(
        ActionEvent.ACTION,
        event -> {
          event.consume();
          submit.run();
        });
  }

  /** The verb can be pressed only while this holds. */
  public void verbEnabled(ObservableValue<Boolean> enabled) {
    verb.disableProperty().bind(enabled.map(value -> !value));
  }

  /**
   * Puts the focus where the user starts, once the dialog is shown. The toolkit tells so before the
   * window is there and then gives the focus to the default button: it is put once more.
   */
  public void focusFirst(Runnable focus) {
    PulseTask again = new PulseTask(focus);
    dialog.setOnShown(
        event -> {
          focus.run();
          again.request();
        });
  }

  /** Gives the window the height that its form wants whenever this changes, up to the screen's. */
  public void fitWhenever(ObservableValue<?> changes) {
    PulseTask fitting = new PulseTask(this::fit);
    changes.subscribe(fitting::request);
  }

  private void fit() {
    Window window = shownIn();
    if (window != null) {
      window.sizeToScene();
      keepOnScreen();
    }
  }

  /** Null when the dialog was closed since this was asked for. */
  private @Nullable Window shownIn() {
    Scene scene = dialog.getDialogPane().getScene();
    return !dialog.isShowing() || scene == null ? null : scene.getWindow();
  }

  /** With large text a form may want more than a small screen has: its buttons stay in reach. */
  private void keepOnScreen() {
    Window window = shownIn();
    if (window == null) {
      return;
    }
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    if (window.getWidth() > screen.getWidth()) {
      window.setWidth(screen.getWidth());
      window.setX(screen.getMinX());
    }
    if (window.getHeight() > screen.getHeight()) {
      window.setHeight(screen.getHeight());
    }
    window.setY(
        Math.max(screen.getMinY(), Math.min(window.getY(), screen.getMaxY() - window.getHeight())));
  }

  /** Shows what is wrong with the form as a whole; an empty text takes it away. */
  public void setProblem(String text) {
    problem.setText(text);
    problem.setVisible(!text.isEmpty());
  }

  /** What is shown as wrong with the whole form; empty when nothing is. */
  public String problem() {
    return problem.getText();
  }

  /** The button with the verb. */
  public Button verb() {
    return verb;
  }

  /** Shows the dialog and waits until it is closed. */
  public void showAndWait() {
    dialog.showAndWait();
  }

  /** Shows the dialog and returns at once. */
  public void show() {
    dialog.show();
  }

  /** Closes the dialog. */
  public void close() {
    dialog.setResult(ButtonType.CLOSE);
    dialog.close();
  }

  public boolean isShowing() {
    return dialog.isShowing();
  }
}
