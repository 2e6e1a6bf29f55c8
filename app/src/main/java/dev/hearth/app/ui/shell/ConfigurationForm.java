package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.FormField;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The fields of a function's configuration; each says itself what is wrong with it. */
final class ConfigurationForm {
  private final Texts texts;
  private final Map<String, FormField> fields = new LinkedHashMap<>();
  private final TextField name = new TextField();
  private final ComboBox<String> runtime = new ComboBox<>();
  private final TextField handler = new TextField();
  private final TextField memory = new TextField();
  private final TextField timeout = new TextField();
  private final TextField storage = new TextField();
  private final ComboBox<String> architecture = new ComboBox<>();
  private final ComboBox<NetworkAccess> network = new ComboBox<>();
  private final FunctionConfiguration initial;
  private final VariablesTable variables;
  private final VBox node;

  /**
   * @param separatesNetworks whether functions can be kept from the network here
   */
  ConfigurationForm(FunctionConfiguration initial, boolean separatesNetworks, Texts texts) {
    this.initial = initial;
    this.texts = texts;
    variables = new VariablesTable(initial, texts);
    runtime.setEditable(true);
    runtime.getItems().setAll(RuntimeChoices.of(initial.runtime().family()));
    for (Architecture one : Architecture.values()) {
      architecture.getItems().add(one.id());
    }
    name.setText(initial.functionName());
    runtime.setValue(initial.runtime().id());
    handler.setText(initial.handler());
    memory.setText(String.valueOf(initial.memorySize()));
    timeout.setText(String.valueOf(initial.timeout()));
    storage.setText(String.valueOf(initial.ephemeralStorage()));
    architecture.setValue(initial.architecture().id());
    architecture.setMaxWidth(Double.MAX_VALUE);
    runtime.setMaxWidth(Double.MAX_VALUE);
    node =
        new VBox(
            field("functionName", "field.name", name),
            FormField.row(
                field("runtime", "field.runtime", runtime),
                field("handler", "field.handler", handler)),
            FormField.row(
                field("memorySize", "field.memory", memory),
                field("timeout", "field.timeout", timeout),
                field("ephemeralStorage", "field.storage", storage),
                field("architecture", "field.architecture", architecture)),
            field("environment", "field.environment", variables.node()),
            networkField(separatesNetworks));
    node.getStyleClass().add("form");
  }

  /** Where it can't be kept, the choice says so before the first call does. */
  private FormField networkField(boolean separates) {
    network.getItems().setAll(NetworkAccess.values());
    network.setMaxWidth(Double.MAX_VALUE);
    network.setConverter(new NetworkTexts(texts));
    FormField field = field("network", "field.network", network);
    network
        .valueProperty()
        .addListener(
            (source, old, now) ->
                field.setError(
                    separates || now == NetworkAccess.OPEN ? "" : texts.get("network.missing")));
    network.setValue(initial.network());
    return field;
  }

  private FormField field(String id, String textKey, javafx.scene.layout.Region input) {
    FormField field = new FormField(texts.get(textKey), input);
    fields.put(id, field);
    return field;
  }

  Node node() {
    return node;
  }

  void focus(String field) {
    FormField wanted = fields.get(field);
    if (wanted != null) {
      wanted.focusInput();
    }
  }

  /** Marks a field as wrong; false when the form has no such field. */
  boolean mark(String field, String message) {
    FormField wanted = fields.get(field);
    if (wanted == null) {
      return false;
    }
    wanted.setError(message);
    wanted.focusInput();
    return true;
  }

  /** The configuration as typed; empty when a value is refused, which is then marked. */
  Optional<FunctionConfiguration> read() {
    fields.values().forEach(field -> field.setError(""));
    try {
      VariablesTable.Variables typed = variables.read();
      return Optional.of(
          new FunctionConfiguration(
                  name.getText().strip(),
                  RuntimeIdentifier.parse(runtime.getEditor().getText()),
                  handler.getText().strip(),
                  number("memorySize", memory, texts.get("unit.megabytes")),
                  number("timeout", timeout, texts.get("unit.seconds")),
                  number("ephemeralStorage", storage, texts.get("unit.megabytes")),
                  Architecture.parse(architecture.getValue()),
                  typed.values(),
                  initial.logging(),
                  initial.snapStart(),
                  typed.secrets(),
                  network.getValue())
              .withFittingHandler());
    } catch (InvalidFunctionException e) {
      mark(e.field(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private int number(String field, TextField input, String unit) {
    try {
      return Integer.parseInt(input.getText().strip());
    } catch (NumberFormatException e) {
      throw new InvalidFunctionException(field, texts.get("not.a.number", unit));
    }
  }
}
