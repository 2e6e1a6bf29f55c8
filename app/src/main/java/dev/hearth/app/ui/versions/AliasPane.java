package dev.hearth.app.ui.versions;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.FunctionAlias;
import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.CutCell;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.util.function.BooleanSupplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The aliases with their versions and weights, and the function's URL. */
final class AliasPane implements AutoCloseable {
  private final PanelContext context;
  private final VersionsViewModel model;
  private final Texts texts;
  private final Subscriptions subscriptions = new Subscriptions();
  private final VBox box = new VBox();

  AliasPane(PanelContext context, VersionsViewModel model, Texts texts) {
    this.context = context;
    this.model = model;
    this.texts = texts;
    ListView<FunctionAlias> list = list();
    VBox.setVgrow(list, Priority.ALWAYS);
    box.getChildren().addAll(list, buttons(), url());
    box.setMinWidth(0);
  }

  private ListView<FunctionAlias> list() {
    ListView<FunctionAlias> list = new ListView<>(model.aliases());
    list.setAccessibleText(texts.get("aliases"));
    list.setPlaceholder(new EmptyState(texts.get("aliases.empty")));
    list.setCellFactory(
        view ->
            new CutCell<>() {
              @Override
              protected String shown(FunctionAlias alias) {
                return AliasPane.this.shown(alias);
              }
            });
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (source, old, now) -> {
              if (now != null) {
                model.aliasProperty().set(now);
              }
            });
    subscriptions.now(
        model.aliasProperty(), () -> list.getSelectionModel().select(model.aliasProperty().get()));
    return list;
  }

  private String shown(FunctionAlias alias) {
    StringBuilder text = new StringBuilder(texts.get("alias", alias.name(), alias.version()));
    alias
        .weights()
        .forEach(
            (version, share) ->
                text.append(texts.get("alias.weight", Math.round(share * 100), version)));
    return text.toString();
  }

  private Node buttons() {
    BooleanBinding any = Bindings.isNotNull(model.aliasProperty());
    BooleanBinding movable = over(model::isElsewhere);
    BooleanBinding shareable = over(model::canShare);
    FlowPane bar =
        new FlowPane(
            command("alias.new", Bindings.isNotEmpty(model.versions()), this::create),
            command("alias.move", movable, this::move),
            command("alias.split", shareable, this::split),
            command("alias.delete", any, this::delete));
    bar.getStyleClass().addAll("versions-bar", "below");
    return bar;
  }

  /**
   * A command that the palette knows too, there with all the words that a button has no room for.
   */
  private Button command(String key, BooleanBinding enabled, Runnable run) {
    Action action = new Action("version." + key, texts.get("action." + key), "", "", enabled, run);
    context.actions().register(action);
    subscriptions.onClose(() -> context.actions().unregister(action.id()));
    Button button = Buttons.of(action);
    button.setText(texts.get(key));
    button.getStyleClass().add("small");
    return button;
  }

  private Button button(String key, Runnable action) {
    Button button = new Button(texts.get(key));
    button.getStyleClass().add("small");
    button.setOnAction(event -> action.run());
    return button;
  }

  private void create() {
    PublishedVersion version = model.selectedProperty().get();
    if (version != null) {
      context
          .dialogs()
          .ask(
              texts.get("alias.new"),
              texts.get("alias.name", version.number()),
              "",
              texts.get("alias.new.verb"))
          .ifPresent(name -> model.point(name.strip(), version.number()));
    }
  }

  private void move() {
    FunctionAlias alias = model.aliasProperty().get();
    PublishedVersion version = model.selectedProperty().get();
    if (alias != null && version != null) {
      model.point(alias.name(), version.number());
    }
  }

  private void split() {
    FunctionAlias alias = model.aliasProperty().get();
    PublishedVersion version = model.selectedProperty().get();
    if (alias == null || version == null) {
      return;
    }
    context
        .dialogs()
        .ask(
            texts.get("alias.split"),
            texts.get("alias.share", alias.name(), version.number()),
            "10",
            texts.get("alias.split.verb"))
        .ifPresent(typed -> split(alias, version, typed));
  }

  private void split(FunctionAlias alias, PublishedVersion version, String typed) {
    double share;
    try {
      share = Double.parseDouble(typed.replace('%', ' ').strip());
    } catch (NumberFormatException e) {
      share = -1; // Refused by the service, whose message says what is allowed.
    }
    model.split(alias, version.number(), share);
  }

  private void delete() {
    FunctionAlias alias = model.aliasProperty().get();
    if (alias != null
        && context
            .dialogs()
            .confirm(
                texts.get("alias.delete"),
                texts.get("alias.delete.text", alias.name()),
                texts.get("alias.delete"))) {
      model.deleteAlias(alias);
    }
  }

  /** What holds of the chosen alias and the chosen version. */
  private BooleanBinding over(BooleanSupplier holds) {
    return Bindings.createBooleanBinding(
        () -> holds.getAsBoolean(), model.aliasProperty(), model.selectedProperty());
  }

  private Node url() {
    TextField address = new TextField();
    address.setEditable(false);
    address.setAccessibleText(texts.get("url"));
    address.setPromptText(texts.get("url.none"));
    Button copy = button("url.copy", () -> copy(address.getText()));
    Button make = button("url.create", model::createUrl);
    Button remove = button("url.delete", model::deleteUrl);
    subscriptions.now(
        model.urlProperty(),
        () -> {
          boolean has = !model.urlProperty().get().isEmpty();
          address.setText(model.urlProperty().get());
          for (Button button : new Button[] {copy, remove}) {
            button.setVisible(has);
            button.setManaged(has);
          }
          make.setVisible(!has);
          make.setManaged(!has);
        });
    make.disableProperty().bind(Bindings.isEmpty(model.versions()));
    VBox bar = new VBox(address, new FlowPane(copy, make, remove));
    bar.getStyleClass().addAll("versions-bar", "url");
    return bar;
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  Node node() {
    return box;
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
