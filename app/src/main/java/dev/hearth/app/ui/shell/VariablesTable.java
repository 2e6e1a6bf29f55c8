package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Icons;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvalidFunctionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Environment variables as rows of name and value. */
final class VariablesTable {
  private static final double MOST_HEIGHT_EM = 14;

  private final Texts texts;
  private final List<VariableRow> rows = new ArrayList<>();
  private final VBox list = new VBox();
  private final VBox node;

  /**
   * What was typed.
   *
   * @param secrets names; those without a value stay as they are kept
   */
  record Variables(Map<String, String> values, Set<String> secrets) {}

  VariablesTable(FunctionConfiguration initial, Texts texts) {
    this.texts = texts;
    list.getStyleClass().add("variable-list");
    initial
        .shownEnvironment()
        .keySet()
        .forEach(
            name ->
                add(initial.lockedSecrets().contains(name))
                    .show(
                        name,
                        initial.environment().getOrDefault(name, ""),
                        initial.secrets().contains(name)));
    Button add = new Button(texts.get("variable.add"), Icons.of("plus"));
    add.getStyleClass().add("link-button");
    add.setOnAction(event -> add(false).focus());
    ScrollPane scroll = new ScrollPane(list);
    scroll.setFitToWidth(true);
    scroll.setStyle("-fx-max-height: " + MOST_HEIGHT_EM + "em;");
    scroll.setMinHeight(0);
    scroll.getStyleClass().add("plain-scroll");
    node = new VBox(scroll, add);
    node.getStyleClass().add("variables");
  }

  Region node() {
    return node;
  }

  private VariableRow add(boolean locked) {
    VariableRow[] made = new VariableRow[1];
    made[0] = new VariableRow(texts, locked, () -> remove(made[0]));
    rows.add(made[0]);
    list.getChildren().add(made[0].node());
    return made[0];
  }

  private void remove(VariableRow row) {
    rows.remove(row);
    list.getChildren().remove(row.node());
  }

  /**
   * The variables; rows without name and value are left out.
   *
   * @throws InvalidFunctionException when a name is missing or stands twice
   */
  Variables read() {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> secrets = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (VariableRow row : rows) {
      String name = row.name();
      if (name.isEmpty() && row.value().isEmpty()) {
        continue;
      }
      if (name.isEmpty()) {
        String shown = row.secret() ? FunctionConfiguration.MASK : row.value();
        throw new InvalidFunctionException("environment", texts.get("variable.no.name", shown));
      }
      if (!names.add(name)) {
        throw new InvalidFunctionException("environment", texts.get("variable.twice", name));
      }
      if (row.secret()) {
        secrets.add(name);
      }
      if (!row.keepsLocked()) {
        values.put(name, row.value());
      }
    }
    return new Variables(values, secrets);
  }
}
