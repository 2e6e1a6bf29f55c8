package dev.hearth.app.ui.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.state.CostTotals.FunctionCost;
import dev.hearth.app.state.WorkbenchState;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostViewModelTest {
  private static InvocationRecord call(String id, String function, long billed, long cost) {
    return new InvocationRecord(
        id,
        1,
        function,
        1,
        "e",
        InvocationStatus.OK,
        null,
        false,
        1,
        1,
        0,
        billed * 1_000_000,
        billed,
        1024,
        1,
        1,
        cost);
  }

  @Test
  void splitsASumIntoRequestsAndDuration() {
    WorkbenchState state = new WorkbenchState();
    CostViewModel viewModel = new CostViewModel(state);

    state.sessionCosts().addAll(List.of(call("a", "f", 1, 216_667), call("b", "f", 1, 216_667)));

    FunctionCost row = viewModel.rows().getFirst();
    assertThat(row.invocations()).isEqualTo(2);
    assertThat(CostViewModel.requests(row)).isEqualTo(400_000);
    assertThat(CostViewModel.compute(row)).isEqualTo(33_334);
    assertThat(CostViewModel.gigabyteSeconds(row)).isEqualTo(0.002);
    assertThat(viewModel.total()).isEqualTo(433_334);
  }

  @Test
  void tellsThisSessionFromAllThatIsShown() {
    WorkbenchState state = new WorkbenchState();
    CostViewModel viewModel = new CostViewModel(state);
    state.allCosts().addAll(List.of(call("old", "f", 1, 216_667)));
    assertThat(viewModel.rows()).isEmpty();

    viewModel.sessionOnlyProperty().set(false);

    assertThat(viewModel.rows()).hasSize(1);
  }
}
