package dev.hearth.app.ui.cost;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.state.CostTotals.FunctionCost;
import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.NumberColumn;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.cost.PriceList;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A bill by function with its total, and on which price list it rests. */
final class CostView implements Panel {
  private static final long MILLION = 1_000_000;

  private final CostViewModel viewModel;
  private final Texts texts = Texts.of("cost");
  private final TableView<FunctionCost> table = new TableView<>();
  private final BorderPane root = new BorderPane(table);
  private final Label total = new Label();
  private final HBox scope = new HBox();
  private final ListChangeListener<FunctionCost> summing = change -> sum();
  private final Pacer growth;
  private @Nullable TableColumn<FunctionCost, ?> provisioned;

  CostView(CostViewModel viewModel) {
    this.viewModel = viewModel;
    growth = new Pacer(Duration.ofSeconds(1), viewModel::refresh);
    table.setItems(viewModel.rows());
    table.setFixedCellSize(26);
    table.setPlaceholder(new EmptyState(texts.get("empty")));
    table.setAccessibleText(texts.get("title"));
    columns();
    PriceList prices = PriceList.current();
    Label note = new Label(texts.get("note", prices.date().toString(), prices.region()));
    note.getStyleClass().add("muted");
    note.setMinWidth(0);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    total.getStyleClass().add("money");
    total.setMinWidth(Region.USE_PREF_SIZE);
    HBox bottom = new HBox(note, gap, total);
    bottom.getStyleClass().add("cost-total");
    root.setBottom(bottom);
    scope();
    viewModel.rows().addListener(summing);
    sum();
  }

  private void columns() {
    TableColumn<FunctionCost, String> name = new TableColumn<>(texts.get("column.function"));
    name.setPrefWidth(190);
    name.setCellValueFactory(r -> new ReadOnlyObjectWrapper<>(r.getValue().functionName()));
    table.getColumns().add(name);
    number("invocations", 96, FunctionCost::invocations, c -> Units.count(c.invocations()));
    number("billed", 110, FunctionCost::billedMillis, c -> Units.billed(c.billedMillis()));
    number(
        "gbs",
        110,
        CostViewModel::gigabyteSeconds,
        c -> String.format(Locale.ROOT, "%.4g", CostViewModel.gigabyteSeconds(c)));
    number("requests", 124, CostViewModel::requests, c -> Units.money(CostViewModel.requests(c)));
    number("compute", 124, CostViewModel::compute, c -> Units.money(CostViewModel.compute(c)));
    number("provisioned", 124, viewModel::kept, c -> Units.money(viewModel.kept(c)));
    provisioned = table.getColumns().getLast();
    number("total", 124, viewModel::total, c -> Units.money(viewModel.total(c)));
    number("last", 124, CostView::last, c -> money(c.last(), 1));
    number("million", 130, CostView::last, c -> money(c.last(), MILLION));
  }

  private static double last(FunctionCost cost) {
    InvocationRecord last = cost.last();
    return last == null ? 0 : last.costPicoUsd();
  }

  private static String money(@Nullable InvocationRecord record, long times) {
    return record == null ? "" : Units.money(record.costPicoUsd() * times);
  }

  private void number(
      String id,
      double width,
      ToDoubleFunction<FunctionCost> value,
      Function<FunctionCost, String> shown) {
    table.getColumns().add(new NumberColumn<>(texts.get("column." + id), width, value, shown));
  }

  private void scope() {
    scope.setAlignment(Pos.CENTER_RIGHT);
    ToggleGroup group = new ToggleGroup();
    ToggleButton session = new ToggleButton(texts.get("session"));
    ToggleButton all = new ToggleButton(texts.get("all"));
    for (ToggleButton button : new ToggleButton[] {session, all}) {
      button.setToggleGroup(group);
      button.getStyleClass().addAll("flat", "small");
      scope.getChildren().add(button);
    }
    group.selectToggle(session);
    group
        .selectedToggleProperty()
        .subscribe(
            (old, now) -> {
              if (now == null) {
                group.selectToggle(old);
              } else {
                viewModel.sessionOnlyProperty().set(now == session);
              }
            });
  }

  private void sum() {
    total.setText(texts.get("total") + "  " + Units.money(viewModel.total()));
    if (provisioned != null) {
      provisioned.setVisible(viewModel.hasKept());
    }
    if (viewModel.isKeeping()) {
      growth.trigger();
    }
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public Optional<Node> tools() {
    return Optional.of(scope);
  }

  @Override
  public void close() {
    viewModel.rows().removeListener(summing);
    growth.close();
    viewModel.close();
  }
}
