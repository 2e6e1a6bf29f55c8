package dev.hearth.app.ui.shell;

import dev.hearth.app.service.EventService.EventTemplate;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.FormDialog;
import dev.hearth.app.ui.kit.FormField;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Makes a test event from one of the shapes that Hearth knows. */
final class NewEventDialog {
  private final PanelContext context;
  private final ListView<EventTemplate> templates = new ListView<>();
  private final TextField name = new TextField();
  private final TextArea preview = new TextArea();
  private final FormField nameField;
  private final FormDialog dialog;

  NewEventDialog(PanelContext context, @Nullable Window owner) {
    this.context = context;
    Texts texts = Texts.of("dialogs");
    nameField = new FormField(texts.get("event.name"), name);
    templates.getStyleClass().add("template-list");
    templates.setCellFactory(list -> new TemplateCell());
    templates.setAccessibleText(texts.get("event.templates"));
    preview.setEditable(false);
    preview.setFocusTraversable(false);
    preview.getStyleClass().add("mono");
    preview.setAccessibleText(texts.get("event.preview"));
    VBox.setVgrow(preview, Priority.ALWAYS);
    VBox form = new VBox(nameField, preview);
    form.getStyleClass().add("form");
    HBox.setHgrow(form, Priority.ALWAYS);
    HBox content = new HBox(templates, form);
    content.getStyleClass().add("new-function");
    dialog = new FormDialog(owner, texts.get("event.title"), content, texts.get("event.verb"));
    dialog.onSubmit(this::submit);
    dialog.verbEnabled(name.textProperty().map(text -> !text.isBlank()));
    dialog.focusFirst(
        () -> {
          name.requestFocus();
          name.selectAll();
        });
    templates
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((source, old, template) -> show(template));
    List<EventTemplate> all = context.session().events().templates();
    templates.getItems().setAll(all);
    templates.getSelectionModel().selectFirst();
  }

  private void show(@Nullable EventTemplate template) {
    if (template != null) {
      name.setText(template.id());
      preview.setText(template.json());
    }
  }

  void show() {
    dialog.show();
  }

  private void submit() {
    EventTemplate template = templates.getSelectionModel().getSelectedItem();
    if (template == null) {
      return;
    }
    String wanted = name.getText().strip();
    context
        .tasks()
        .run(
            "create event",
            () -> {
              long id =
                  context.session().events().create(wanted, template.kind(), template.json()).id();
              return new Created(id, context.session().events().list());
            },
            made -> {
              new ProjectLists(context).showEvents(made.all(), made.id());
              dialog.close();
            },
            failure -> nameField.setError(Failures.message(failure)));
  }

  private record Created(long id, List<dev.hearth.app.project.TestEvent> all) {}

  /** A template by its title. */
  private static final class TemplateCell extends ListCell<EventTemplate> {
    @Override
    protected void updateItem(@Nullable EventTemplate template, boolean empty) {
      super.updateItem(template, empty);
      setText(template == null || empty ? null : template.title());
    }
  }
}
