package dev.hearth.app.ui.trace;

import dev.hearth.app.project.DriftWatch;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What the environment that served the shown invocation is, and what else it did. */
final class EnvironmentPane extends BorderPane {
  private final InspectorViewModel viewModel;
  private final Texts texts;
  private final GridPane facts = new GridPane();
  private final ListView<InvocationRecord> calls = new ListView<>();
  private final Label none = new Label();

  EnvironmentPane(InspectorViewModel viewModel) {
    this.viewModel = viewModel;
    this.texts = viewModel.texts();
    facts.getStyleClass().add("facts");
    none.setText(texts.get("env.none"));
    none.getStyleClass().add("muted");
    calls.setCellFactory(view -> new InvocationCell(texts));
    calls.getStyleClass().add("environment-calls");
    calls.setAccessibleText(texts.get("env.calls"));
    calls.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
  }

  private void clicked(MouseEvent event) {
    InvocationRecord chosen = calls.getSelectionModel().getSelectedItem();
    if (event.getClickCount() == 2 && chosen != null) {
      viewModel.select(chosen);
    }
  }

  void show(@Nullable InvocationRecord record) {
    String id = record == null ? null : record.environmentId();
    if (record == null || id == null) {
      setTop(null);
      setCenter(none);
      return;
    }
    TimelineLane lane = viewModel.state().timeline().lane(id);
    facts.getChildren().clear();
    fact("env.id", id);
    fact("env.function", record.functionName());
    fact("env.memory", Units.megabytes(record.memoryMb()));
    if (lane != null) {
      lane(lane);
    }
    List<InvocationRecord> served = viewModel.servedBy(id);
    int position = served.indexOf(record);
    if (position >= 0 && lane != null && record.startedAt() > 0) {
      fact(
          "env.position",
          texts.get(
              "env.position.value",
              Units.ordinal(position + 1),
              Units.duration(Math.max(0, record.startedAt() - lane.startedAt()))));
    }
    for (String sentence : DriftWatch.sentences(served)) {
      fact("env.watch", sentence);
    }
    fact("env.calls", Units.count(served.size()));
    if (!calls.getItems().equals(served)) {
      calls.setItems(FXCollections.observableArrayList(served));
    }
    setTop(new VBox(facts));
    setCenter(calls);
  }

  private void lane(TimelineLane lane) {
    fact("env.started", InvocationCell.time(lane.startedAt()));
    if (lane.initEndedAt() > lane.startedAt()) {
      fact("env.init", Units.duration(lane.initEndedAt() - lane.startedAt()));
    }
    if (lane.alive() && lane.state() != null) {
      fact("env.state", lane.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    } else if (lane.goneAt() > 0) {
      fact(
          "env.gone",
          texts.get("env.gone.reason", InvocationCell.time(lane.goneAt()), lane.goneReason()));
    } else {
      fact("env.gone", texts.get("env.gone.unknown"));
    }
    String sandbox = lane.sandbox();
    fact("env.sandbox", sandbox == null ? texts.get("env.sandbox.unknown") : sandbox);
    if (!lane.notes().isEmpty()) {
      fact("env.notes", String.join("\n", lane.notes()));
    }
  }

  private void fact(String key, String value) {
    Label name = new Label(texts.get(key));
    name.getStyleClass().add("muted");
    Label shown = new Label(value);
    shown.setWrapText(true);
    name.setLabelFor(shown);
    facts.addRow(facts.getRowCount(), name, shown);
  }
}
