package dev.hearth.app.ui.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.state.CostTotals.FunctionCost;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.ProvisionedUse;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.file.Path;
import java.util.ArrayList;
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
    CostViewModel viewModel = new CostViewModel(state, List::of);

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
    CostViewModel viewModel = new CostViewModel(state, List::of);
    state.allCosts().addAll(List.of(call("old", "f", 1, 216_667)));
    assertThat(viewModel.rows()).isEmpty();

    viewModel.sessionOnlyProperty().set(false);

    assertThat(viewModel.rows()).hasSize(1);
  }

  /** limits-and-pricing.md section 3: kept time is billed in steps of five minutes. */
  @Test
  void addsWhatWasKeptReady() {
    WorkbenchState state = new WorkbenchState();
    List<ProvisionedUse> uses = new ArrayList<>();
    CostViewModel viewModel = new CostViewModel(state, () -> uses);
    state.sessionCosts().addAll(List.of(call("a", "f", 1, 216_667)));
    assertThat(viewModel.hasKept()).isFalse();

    FunctionConfiguration one =
        FunctionConfiguration.of("g", RuntimeIdentifier.parse("python3.12"), "a.b")
            .withMemorySize(1024);
    long minute = 60_000_000_000L;
    uses.add(new ProvisionedUse("g", one, 2 * minute, minute, 2, false));
    state
        .environments()
        .apply(
            new RuntimeEvent.EnvironmentStarted(
                1,
                "e",
                new DeployedFunction(one, new CodePackage(Path.of("/"), "0"), "1"),
                "",
                List.of()));

    long kept = 2 * 300 * 4_166_700L;
    assertThat(viewModel.rows()).hasSize(2);
    assertThat(viewModel.kept(viewModel.rows().getLast())).isEqualTo(kept);
    assertThat(viewModel.total()).isEqualTo(kept + 216_667);
    assertThat(viewModel.isKeeping()).isFalse();
    uses.add(new ProvisionedUse("g", one, 0, 0, 1, true));
    viewModel.refresh();
    assertThat(viewModel.isKeeping()).isTrue();
  }
}
