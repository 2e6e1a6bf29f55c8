package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.NetworkAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every dialog: accepted, cancelled, refused with a message beside the field. */
class DialogsTest extends FxTest {
  private AssembledWindow window;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    window = new AssembledWindow(new FakeProjects()).open(Optional.empty());
  }

  @AfterEach
  void close() {
    window.close();
    assertThat(window.unexpected()).isEmpty();
  }

  private static Optional<DialogPane> dialog() {
    return fxGet(
        () ->
            Window.getWindows().stream()
                .map(Window::getScene)
                .map(Scene::getRoot)
                .filter(DialogPane.class::isInstance)
                .map(DialogPane.class::cast)
                .findFirst());
  }

  private static DialogPane shown() {
    waitUntil("dialog", () -> dialog().isPresent());
    settle();
    return dialog().orElseThrow();
  }

  private static void gone() {
    waitUntil("closed", () -> dialog().isEmpty());
  }

  private static <T extends Node> List<T> all(Node root, String selector, Class<T> type) {
    return fxGet(() -> root.lookupAll(selector).stream().map(type::cast).toList());
  }

  private static TextField field(DialogPane dialog, String label) {
    return all(dialog, ".form-field", Node.class).stream()
        .filter(
            field ->
                all(field, ".field-label", Label.class).stream()
                    .anyMatch(l -> l.getText().equals(label)))
        .map(field -> FxTest.find(field, ".text-field", TextField.class))
        .findFirst()
        .orElseThrow();
  }

  private static void press(DialogPane dialog, String text) {
    click(
        all(dialog, ".button", Button.class).stream()
            .filter(b -> text.equals(b.getText()))
            .findFirst()
            .orElseThrow());
  }

  private static List<String> errors(DialogPane dialog) {
    return all(dialog, ".field-error", Label.class).stream()
        .filter(Node::isVisible)
        .map(Label::getText)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  @Test
  void aNewFunctionIsMadeSelectedAndOpened() {
    window.press("Ctrl+Shift+N");
    DialogPane dialog = shown();
    fx(() -> field(dialog, "Name").setText("fresh"));
    press(dialog, "Create function");
    gone();
    assertThat(window.state().functionProperty().get().name()).isEqualTo("fresh");
    waitUntil(
        "opened",
        () ->
            window.state().documents().stream()
                .anyMatch(d -> d.functionId() == window.state().functionProperty().get().id()));
  }

  @Test
  void aNewFunctionIsRefusedBesideTheFieldThatIsWrong() {
    window.press("Ctrl+Shift+N");
    DialogPane dialog = shown();
    fx(() -> field(dialog, "Name").setText("no spaces allowed"));
    press(dialog, "Create function");
    assertThat(errors(dialog)).singleElement().asString().contains("no spaces allowed");
    fx(() -> field(dialog, "Name").setText("orders-api"));
    press(dialog, "Create function");
    waitUntil("told", () -> errors(dialog).toString().contains("already"));
    fx(
        () -> {
          field(dialog, "Name").setText("fine");
          field(dialog, "Handler").setText("handler");
        });
    press(dialog, "Create function");
    assertThat(errors(dialog)).singleElement().asString().contains("handler");
    press(dialog, "Cancel");
    gone();
    assertThat(window.state().functions()).hasSize(4);
  }

  @Test
  void aLinkedFolderMustExist() {
    window.fire("function.link");
    DialogPane dialog = shown();
    assertThat(
            all(dialog, ".radio-button", RadioButton.class).stream()
                .filter(RadioButton::isSelected)
                .map(RadioButton::getText))
        .containsExactly("Source in a linked folder");
    fx(
        () -> {
          field(dialog, "Name").setText("linked");
          field(dialog, "Folder").setText(folder.resolve("gone").toString());
        });
    press(dialog, "Create function");
    assertThat(errors(dialog)).singleElement().asString().contains("is no folder");
    fx(() -> field(dialog, "Folder").setText(folder.toString()));
    press(dialog, "Create function");
    gone();
    assertThat(window.state().functionProperty().get().source())
        .isEqualTo(new SourceLocation.LinkedFolder(folder));
  }

  @Test
  void theConfigurationIsSavedWithWhatTheFormDoesNotShow() {
    FunctionDefinition before = window.state().functionProperty().get();
    window.press("Ctrl+Shift+C");
    DialogPane dialog = shown();
    fx(() -> field(dialog, "Memory (MB)").setText("100"));
    press(dialog, "Save configuration");
    assertThat(errors(dialog)).singleElement().asString().contains("128");
    fx(() -> field(dialog, "Memory (MB)").setText("lots"));
    press(dialog, "Save configuration");
    assertThat(errors(dialog)).containsExactly("Write a whole number of megabytes.");
    fx(() -> field(dialog, "Memory (MB)").setText("512"));
    press(dialog, "Save configuration");
    gone();
    FunctionConfiguration now = window.state().functionProperty().get().configuration();
    assertThat(now).isEqualTo(before.configuration().withMemorySize(512));
  }

  @Test
  void aSecretIsMaskedUntilItIsRevealed() {
    FunctionDefinition function = window.state().functionProperty().get();
    fx(
        () ->
            window
                .state()
                .functionProperty()
                .set(
                    function.withConfiguration(
                        function
                            .configuration()
                            .withEnvironment(Map.of("API_KEY", "s3cr3t-token"))
                            .withSecrets(Set.of("API_KEY", "BROUGHT_ALONG")))));
    window.fire("function.configure");
    DialogPane dialog = shown();
    List<PasswordField> masked = all(dialog, ".password-field", PasswordField.class);
    assertThat(masked).hasSize(2).allMatch(Node::isVisible);
    assertThat(masked.getFirst().getText()).isEqualTo("s3cr3t-token");
    assertThat(masked.getLast().getText()).isEmpty();
    assertThat(masked.getLast().getPromptText()).contains("anew");
    picture(dialog, "configure.png");
    List<ToggleButton> toggles = all(dialog, ".variable-toggle", ToggleButton.class);
    fx(() -> toggles.getFirst().fire());
    settle();
    assertThat(masked.getFirst().isVisible()).isFalse();
    press(dialog, "Save configuration");
    gone();
    FunctionConfiguration saved = window.state().functionProperty().get().configuration();
    assertThat(saved.environment()).isEqualTo(Map.of("API_KEY", "s3cr3t-token"));
    assertThat(saved.lockedSecrets()).containsExactly("BROUGHT_ALONG");
  }

  @Test
  void aNetworkThatCantBeKeptHereSaysSo() {
    window.fire("function.configure");
    DialogPane dialog = shown();
    assertThat(errors(dialog)).isEmpty();
    fx(() -> networkBox(dialog).setValue(NetworkAccess.LOOPBACK));
    settle();
    assertThat(errors(dialog)).singleElement().asString().contains("Linux and Hearth as root");
    picture(dialog, "network.png");
    press(dialog, "Save configuration");
    gone();
    assertThat(window.state().functionProperty().get().configuration().network())
        .isEqualTo(NetworkAccess.LOOPBACK);
  }

  @SuppressWarnings("unchecked")
  private static ComboBox<NetworkAccess> networkBox(DialogPane dialog) {
    return all(dialog, ".combo-box", ComboBox.class).stream()
        .filter(box -> box.getValue() instanceof NetworkAccess)
        .findFirst()
        .orElseThrow();
  }

  private static void picture(DialogPane dialog, String name) {
    String pictures = System.getProperty("hearth.pictures");
    if (pictures != null) {
      Screenshots.write(Screenshots.snapshot(dialog.getScene()), Path.of(pictures, name));
    }
  }

  @Test
  void aNewEventIsMadeFromATemplateAndSelected() {
    window.fire("event.new");
    DialogPane dialog = shown();
    fx(() -> field(dialog, "Name").setText("mine"));
    press(dialog, "Create event");
    gone();
    assertThat(window.state().eventProperty().get().name()).isEqualTo("mine");

    window.fire("event.new");
    press(shown(), "Cancel");
    gone();
    assertThat(window.state().events()).hasSize(5);
  }

  @Test
  void aDialogIsLargeEnoughForItsForm() {
    window.press("Ctrl+Shift+N");
    DialogPane dialog = shown();
    TextField name = field(dialog, "Name");
    assertThat(fxGet(() -> name.localToScene(name.getBoundsInLocal()).getMaxX()))
        .isLessThan(fxGet(() -> dialog.getScene().getWidth()));
    press(dialog, "Cancel");
    gone();
  }

  @Test
  void aDangerousQuestionIsAnsweredByTheButtonThatIsPressed() {
    assertThat(confirmed("Cancel")).isFalse();
    assertThat(confirmed("Delete it")).isTrue();
  }

  /** The question waits in a loop of its own, so nobody may wait for the one who asks. */
  private boolean confirmed(String button) {
    AtomicReference<Boolean> answer = new AtomicReference<>();
    WindowDialogs dialogs = new WindowDialogs(window::stage);
    Platform.runLater(() -> answer.set(dialogs.confirm("Delete?", "It goes.", "Delete it")));
    DialogPane dialog = shown();
    assertThat(fxGet(() -> ((Button) dialog.getScene().getFocusOwner()).getText()))
        .isEqualTo("Cancel");
    press(dialog, button);
    waitUntil("answered", () -> answer.get() != null);
    return answer.get();
  }

  @Test
  void aTextIsAskedForAndCanNotBeEmpty() {
    AtomicReference<Optional<String>> answer = new AtomicReference<>();
    WindowDialogs dialogs = new WindowDialogs(window::stage);
    Platform.runLater(() -> answer.set(dialogs.ask("Rename", "Name", "old.py", "Rename it")));
    DialogPane dialog = shown();
    TextField input = field(dialog, "Name");
    assertThat(fxGet(input::getSelectedText)).isEqualTo("old");
    fx(() -> input.setText("  "));
    assertThat(
            all(dialog, ".button", Button.class).stream()
                .filter(b -> b.getText().equals("Rename it"))
                .allMatch(Node::isDisabled))
        .isTrue();
    fx(() -> input.setText(" new.py "));
    press(dialog, "Rename it");
    waitUntil("answered", () -> answer.get() != null);
    assertThat(answer.get()).contains("new.py");
  }

  @Test
  void aBurstIsCountedAndItsNumbersAreChecked() {
    window.press("Ctrl+Shift+Enter");
    Scene popup =
        fxGet(
            () ->
                Window.getWindows().stream()
                    .map(Window::getScene)
                    .filter(s -> s.getRoot().lookup(".popover") != null)
                    .findFirst()
                    .orElseThrow());
    List<TextField> numbers = all(popup.getRoot(), ".text-field", TextField.class);
    Button start =
        all(popup.getRoot(), ".button", Button.class).stream()
            .filter(b -> b.getText().equals("Start"))
            .findFirst()
            .orElseThrow();
    fx(() -> numbers.getFirst().setText("0"));
    click(start);
    assertThat(
            all(popup.getRoot(), ".field-error", Label.class).stream()
                .filter(Node::isVisible)
                .map(Label::getText))
        .containsExactly("A whole number from 1 to 1,000,000");
    fx(() -> numbers.getFirst().setText("25"));
    click(start);
    waitUntil("counted", () -> window.state().totals().invocations() == 25);
  }
}
