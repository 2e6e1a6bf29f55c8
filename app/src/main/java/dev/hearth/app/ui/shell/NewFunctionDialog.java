package dev.hearth.app.ui.shell;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectService.FunctionTemplate;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.FormDialog;
import dev.hearth.app.ui.kit.FormField;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.language.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Makes a function from a template, with its source in the project or in a folder on disk. */
final class NewFunctionDialog {
  private final PanelContext context;
  private final Texts texts = Texts.of("dialogs");
  private final ListView<FunctionTemplate> templates = new ListView<>();
  private final TextField name = new TextField();
  private final ComboBox<String> runtime = new ComboBox<>();
  private final TextField handler = new TextField();
  private final RadioButton inProject = new RadioButton(texts.get("new.in.project"));
  private final RadioButton linked = new RadioButton(texts.get("new.linked"));
  private final TextField folder = new TextField();
  private final Label preview = new Label();
  private final FormField nameField = new FormField(texts.get("field.name"), name);
  private final FormField runtimeField = new FormField(texts.get("field.runtime"), runtime);
  private final FormField handlerField = new FormField(texts.get("field.handler"), handler);
  private final FormField folderField;
  private final FormDialog dialog;
  private InterpreterPreview interpreters = new InterpreterPreview(List.of(), texts);
  private boolean interpretersKnown;

  /**
   * @param startLinked whether the dialog begins with a linked folder chosen
   */
  NewFunctionDialog(
      PanelContext context,
      @Nullable Window owner,
      List<FunctionTemplate> all,
      boolean startLinked) {
    this.context = context;
    templates.getItems().setAll(all);
    templates.getStyleClass().add("template-list");
    templates.setCellFactory(list -> new TemplateCell());
    templates.setAccessibleText(texts.get("new.templates"));
    Button choose = new Button(texts.get("new.choose.folder"));
    choose.setOnAction(event -> chooseFolder());
    HBox.setHgrow(folder, Priority.ALWAYS);
    HBox folderRow = new HBox(folder, choose);
    folderRow.getStyleClass().add("field-row");
    folderField = new FormField(texts.get("new.folder"), folderRow);
    folderRow.disableProperty().bind(linked.selectedProperty().not());
    dialog = new FormDialog(owner, texts.get("new.title"), content(), texts.get("new.verb"));
    dialog.onSubmit(this::submit);
    dialog.focusFirst(
        () -> {
          name.requestFocus();
          name.selectAll();
        });
    (startLinked ? linked : inProject).setSelected(true);
    wire();
  }

  private HBox content() {
    ToggleGroup source = new ToggleGroup();
    inProject.setToggleGroup(source);
    linked.setToggleGroup(source);
    runtime.setEditable(true);
    runtime.setMaxWidth(Double.MAX_VALUE);
    preview.setWrapText(true);
    preview.getStyleClass().addAll("muted", "preview");
    HBox runtimeRow = new HBox(runtimeField, handlerField);
    runtimeRow.getStyleClass().add("field-row");
    HBox.setHgrow(handlerField, Priority.ALWAYS);
    VBox sourceBox = new VBox(inProject, linked, folderField);
    sourceBox.getStyleClass().add("source-box");
    VBox form = new VBox(nameField, runtimeRow, preview, sourceBox);
    form.getStyleClass().add("form");
    HBox.setHgrow(form, Priority.ALWAYS);
    HBox content = new HBox(templates, form);
    content.getStyleClass().add("new-function");
    return content;
  }

  private void wire() {
    templates
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((source, old, template) -> show(template));
    runtime.getEditor().textProperty().addListener((source, old, text) -> showPreview());
    templates.getSelectionModel().selectFirst();
    context
        .tasks()
        .run(
            "find interpreters",
            context.session()::interpreters,
            this::interpretersFound,
            failure -> preview.setText(Failures.message(failure)));
  }

  private void interpretersFound(List<Interpreter> found) {
    interpreters = new InterpreterPreview(found, texts);
    interpretersKnown = true;
    showPreview();
  }

  private void show(@Nullable FunctionTemplate template) {
    if (template == null) {
      return;
    }
    RuntimeIdentifier identifier = RuntimeIdentifier.parse(template.runtime());
    runtime.getItems().setAll(RuntimeChoices.of(identifier.family()));
    runtime.setValue(identifier.id());
    handler.setText(template.handler());
    name.setText(freeName(template.id()));
  }

  private String freeName(String wanted) {
    List<String> taken =
        context.state().functions().stream().map(FunctionDefinition::name).toList();
    String free = wanted;
    for (int i = 2; taken.contains(free); i++) {
      free = wanted + "-" + i;
    }
    return free;
  }

  private void showPreview() {
    if (!interpretersKnown) {
      preview.setText(texts.get("preview.looking"));
      return;
    }
    try {
      preview.setText(
          interpreters.describe(RuntimeIdentifier.parse(runtime.getEditor().getText())));
    } catch (InvalidFunctionException e) {
      preview.setText(String.valueOf(e.getMessage()));
    }
  }

  private void chooseFolder() {
    context
        .dialogs()
        .openFolder(texts.get("new.folder"))
        .ifPresent(
            chosen -> {
              folder.setText(chosen.toString());
              Path last = chosen.getFileName();
              if (last != null) {
                name.setText(
                    freeName(
                        last.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-_]+", "-")));
              }
            });
  }

  void show() {
    dialog.show();
  }

  private void submit() {
    List.of(nameField, runtimeField, handlerField, folderField).forEach(f -> f.setError(""));
    dialog.setProblem("");
    Optional<FunctionConfiguration> configuration = configuration();
    Optional<SourceLocation> source = source();
    FunctionTemplate template = templates.getSelectionModel().getSelectedItem();
    if (configuration.isEmpty() || source.isEmpty() || template == null) {
      return;
    }
    Path used = source.get() instanceof SourceLocation.LinkedFolder(Path path) ? path : null;
    context
        .tasks()
        .run(
            "create function",
            () -> create(configuration.get(), source.get(), filesFor(template, used)),
            this::created,
            this::refused);
  }

  /** A folder that already holds something is taken as it is. */
  private static Map<String, byte[]> filesFor(FunctionTemplate template, @Nullable Path used) {
    String[] present = used == null ? null : used.toFile().list();
    return present != null && present.length > 0 ? Map.of() : template.files();
  }

  private Created create(
      FunctionConfiguration configuration, SourceLocation source, Map<String, byte[]> files) {
    FunctionDefinition made = context.session().functions().create(configuration, source, files);
    List<String> paths =
        context.session().functions().files(made.id()).stream()
            .filter(file -> file.text())
            .map(file -> file.path())
            .toList();
    return new Created(made, paths, context.session().functions().list());
  }

  private record Created(
      FunctionDefinition function, List<String> paths, List<FunctionDefinition> all) {}

  private void created(Created made) {
    new ProjectLists(context).showFunctions(made.all(), made.function().id());
    if (!made.paths().isEmpty()) {
      context
          .state()
          .openRequestProperty()
          .set(new OpenRequest(made.function().id(), made.paths().getFirst(), 0));
    }
    dialog.close();
  }

  private void refused(Throwable failure) {
    String message = Failures.message(failure);
    if (failure instanceof HearthException) {
      (linked.isSelected() && !message.contains(name.getText().strip()) ? folderField : nameField)
          .setError(message);
    } else {
      dialog.setProblem(message);
    }
  }

  private Optional<FunctionConfiguration> configuration() {
    try {
      return Optional.of(
          FunctionConfiguration.of(
                  name.getText().strip(),
                  RuntimeIdentifier.parse(runtime.getEditor().getText()),
                  handler.getText().strip())
              .withFittingHandler());
    } catch (InvalidFunctionException e) {
      FormField field =
          switch (e.field()) {
            case "runtime" -> runtimeField;
            case "handler" -> handlerField;
            default -> nameField;
          };
      field.setError(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<SourceLocation> source() {
    if (inProject.isSelected()) {
      return Optional.of(new SourceLocation.InProject());
    }
    Path path = Path.of(folder.getText().strip());
    if (folder.getText().isBlank() || !path.isAbsolute() || !path.toFile().isDirectory()) {
      folderField.setError(texts.get("new.no.folder", folder.getText().strip()));
      return Optional.empty();
    }
    return Optional.of(new SourceLocation.LinkedFolder(path));
  }

  /** A template by its title. */
  private static final class TemplateCell extends ListCell<FunctionTemplate> {
    @Override
    protected void updateItem(@Nullable FunctionTemplate template, boolean empty) {
      super.updateItem(template, empty);
      setText(template == null || empty ? null : template.title());
    }
  }
}
