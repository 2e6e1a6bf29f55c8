package dev.hearth.app.ui.cost;

import dev.hearth.app.state.CostTotals;
import dev.hearth.app.state.CostTotals.FunctionCost;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.runtime.cost.PriceList;
import dev.hearth.runtime.function.ProvisionedUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;

/** The sums that the cost panel shows: of this session, or of all calls that the window holds. */
final class CostViewModel {
  private static final long PICO_PER_REQUEST = PriceList.current().picoUsdPerRequest();

  private final CostTotals session;
  private final CostTotals all;
  private final BooleanProperty sessionOnly = new SimpleBooleanProperty(true);
  private final Supplier<List<ProvisionedUse>> provisioned;
  private final Map<String, Long> kept = new TreeMap<>();
  private boolean keeping;
  private final ObservableList<FunctionCost> rows = FXCollections.observableArrayList();
  private final Subscription subscription;

  /**
   * @param provisioned what was kept ready since the project was opened
   */
  CostViewModel(WorkbenchState state, Supplier<List<ProvisionedUse>> provisioned) {
    this.provisioned = provisioned;
    session = state.sessionCosts();
    all = state.allCosts();
    subscription =
        Subscription.combine(
            session.revisionProperty().subscribe(this::refresh),
            all.revisionProperty().subscribe(this::refresh),
            // Environments that start ahead of calls are the first that is seen of their price.
            state.environments().revisionProperty().subscribe(this::refreshKept),
            sessionOnly.subscribe(this::refresh));
    refresh();
  }

  /** One row per function that was billed, in name order. */
  ObservableList<FunctionCost> rows() {
    return rows;
  }

  BooleanProperty sessionOnlyProperty() {
    return sessionOnly;
  }

  /** Reads anew what there is; what is kept ready costs more with every moment. */
  void refresh() {
    kept.clear();
    keeping = false;
    for (ProvisionedUse use : provisioned.get()) {
      long cost = PriceList.current().provisionedCostPicoUsd(use);
      kept.merge(use.functionName(), cost, Long::sum);
      keeping |= use.goesOn();
    }
    List<FunctionCost> now = new ArrayList<>((sessionOnly.get() ? session : all).functions());
    Set<String> called = now.stream().map(FunctionCost::functionName).collect(Collectors.toSet());
    kept.keySet().stream()
        .filter(name -> !called.contains(name))
        .forEach(name -> now.add(FunctionCost.of(name)));
    rows.setAll(now);
  }

  /** What calls cost is told elsewhere; this is all that changes with the environments. */
  private void refreshKept() {
    if (keeping || !provisioned.get().isEmpty()) {
      refresh();
    }
  }

  /** Whether anything is kept ready now, so that the sums grow by themselves. */
  boolean isKeeping() {
    return keeping;
  }

  /** Whether anything was kept ready since the project was opened. */
  boolean hasKept() {
    return !kept.isEmpty();
  }

  /** What keeping environments of the function ready has cost; calls on them are not in it. */
  long kept(FunctionCost cost) {
    return kept.getOrDefault(cost.functionName(), 0L);
  }

  /** Calls and what was kept ready for them. */
  long total(FunctionCost cost) {
    return cost.costPicoUsd() + kept(cost);
  }

  /** The part of a sum that is the price of the requests themselves. */
  static long requests(FunctionCost cost) {
    return cost.billed() * PICO_PER_REQUEST;
  }

  /** The rest: duration and storage. */
  static long compute(FunctionCost cost) {
    return cost.costPicoUsd() - requests(cost);
  }

  static double gigabyteSeconds(FunctionCost cost) {
    return cost.megabyteMillis() / 1024.0 / 1000.0;
  }

  long total() {
    return rows.stream().mapToLong(this::total).sum();
  }

  void close() {
    subscription.unsubscribe();
  }
}
