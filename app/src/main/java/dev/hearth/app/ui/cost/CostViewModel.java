package dev.hearth.app.ui.cost;

import dev.hearth.app.state.CostTotals;
import dev.hearth.app.state.CostTotals.FunctionCost;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.runtime.cost.PriceList;
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
  private final ObservableList<FunctionCost> rows = FXCollections.observableArrayList();
  private final Subscription subscription;

  CostViewModel(WorkbenchState state) {
    session = state.sessionCosts();
    all = state.allCosts();
    subscription =
        Subscription.combine(
            session.revisionProperty().subscribe(this::refresh),
            all.revisionProperty().subscribe(this::refresh),
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

  private void refresh() {
    rows.setAll((sessionOnly.get() ? session : all).functions());
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
    return rows.stream().mapToLong(FunctionCost::costPicoUsd).sum();
  }

  void close() {
    subscription.unsubscribe();
  }
}
