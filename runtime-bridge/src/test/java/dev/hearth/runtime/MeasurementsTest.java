package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import org.junit.jupiter.api.Test;

class MeasurementsTest extends LocalLambdaTestBase {
  @Test
  void measuresMemoryAndProcessorOfTheCallAlone() {
    deploy(configuration("init.ok").withMemorySize(512));
    InvokeResult ate = act("eat 60");
    assertThat(ate.measurements().peakMemoryBytes()).isBetween(60L << 20, 64L << 20);
    assertThat(ate.logTail()).contains("Max Memory Used: 6");
    assertThat(act("count").measurements().peakMemoryBytes()).isLessThan(10L << 20);
    InvokeResult burnt = act("burn 60");
    assertThat(burnt.measurements().cpuNanos()).isBetween(40_000_000L, 200_000_000L);
    assertThat(act("count").measurements().cpuNanos()).isLessThan(20_000_000L);
    assertThat(events.all(RuntimeEvent.MemorySample.class))
        .anyMatch(sample -> burnt.requestId().equals(sample.requestId()));
  }
}
