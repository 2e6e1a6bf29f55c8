package dev.hearth.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.runtime.event.EnvironmentState;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineModelTest {
  private final TimelineModel model = new TimelineModel(100);

  @Test
  void aColdCallIsAnInitAndAGrowingBlockThatEnds() {
    start("e1", 100);
    assertThat(model.active()).isTrue();
    model.initDone("e1", 101, 150, false);
    model.state("e1", EnvironmentState.INVOKING, 151);
    model.put(call("r1", "e1", InvocationStatus.RUNNING, 151, -1), 151);
    TimelineLane lane = model.lane("e1");
    assertThat(lane.spans().end(1)).isEqualTo(SpanSeries.OPEN);

    model.put(call("r1", "e1", InvocationStatus.OK, 151, 20), 180);
    model.state("e1", EnvironmentState.FROZEN, 182);

    assertThat(lane.spans().size()).isEqualTo(2);
    assertThat(lane.spans().start(0)).isEqualTo(101);
    assertThat(lane.spans().kind(0)).isEqualTo(SpanKind.INIT);
    assertThat(lane.spans().end(1)).isEqualTo(171);
    assertThat(lane.pauses().end(0)).isEqualTo(SpanSeries.OPEN);
    assertThat(model.active()).isFalse();
    assertThat(lane.endsAt(500)).isEqualTo(500);
  }

  @Test
  void goneClosesWhatIsOpen() {
    start("e1", 100);
    model.put(new EnvironmentRecord("e1", "f", 128, 100, 0, 300, "init failed"));
    TimelineLane lane = model.lane("e1");

    assertThat(lane.spans().kind(0)).isEqualTo(SpanKind.ERROR);
    assertThat(lane.spans().end(0)).isEqualTo(300);
    assertThat(lane.alive()).isFalse();
    assertThat(lane.endsAt(900)).isEqualTo(300);
    assertThat(model.active()).isFalse();
  }

  @Test
  void aCancelledCallWithoutFiguresEndsWhenToldSo() {
    start("e1", 100);
    model.put(call("r1", "e1", InvocationStatus.RUNNING, 150, -1), 150);
    model.put(call("r1", "e1", InvocationStatus.CANCELLED, -1, -1), 190);

    SpanSeries spans = model.lane("e1").spans();
    assertThat(spans.start(1)).isEqualTo(150);
    assertThat(spans.end(1)).isEqualTo(190);
    assertThat(model.active()).isTrue(); // the environment still starts
  }

  @Test
  void anInitThatIsRepeatedForALaterCallIsSeenLiveAndFromTheHistory() {
    start("e1", 100);
    model.initDone("e1", 100, 120, false);
    model.state("e1", EnvironmentState.INVOKING, 130);
    model.state("e1", EnvironmentState.STARTING, 200);
    model.initDone("e1", 200, 230, false);
    assertThat(model.lane("e1").spans().size()).isEqualTo(2);

    model.putStored(new EnvironmentRecord("e2", "f", 128, 100, 120, 0, null));
    model.put(cold("a", "e2", 120, 20), 0);
    model.put(cold("b", "e2", 230, 30), 0);
    SpanSeries spans = model.lane("e2").spans();
    assertThat(spans.size()).isEqualTo(4);
    assertThat(spans.start(2)).isEqualTo(200);
    assertThat(spans.kind(2)).isEqualTo(SpanKind.INIT);
    assertThat(model.lane("e2").alive()).isFalse();
  }

  @Test
  void whatACallWaitedInAQueueEndsWhereItsColdStartBegins() {
    long ms = 1_000_000L;
    start("e1", 100 * ms);
    model.initDone("e1", 100 * ms, 150 * ms, false);
    model.put(waited("r1", "e1", 10 * ms, 150 * ms), 0);
    model.put(waited("r2", "e1", 11 * ms, 400 * ms), 0);
    model.put(waited("r3", "e1", 500 * ms - 1, 500 * ms), 0);

    SpanSeries waits = model.lane("e1").waits();
    assertThat(waits.size()).isEqualTo(2);
    assertThat(waits.start(0)).isEqualTo(10 * ms);
    assertThat(waits.end(0)).isEqualTo(100 * ms);
    assertThat(waits.end(1)).isEqualTo(400 * ms);
    assertThat(waits.request(1)).isEqualTo("r2");
  }

  private static InvocationRecord waited(String id, String environment, long queued, long start) {
    return new InvocationRecord(
        id,
        1,
        "f",
        1,
        environment,
        InvocationStatus.OK,
        null,
        false,
        queued,
        start,
        0,
        1_000,
        1,
        128,
        -1,
        -1,
        0);
  }

  @Test
  void throttledCallsHaveNoLane() {
    model.put(call("r1", null, InvocationStatus.PENDING, -1, -1), 10);
    assertThat(model.active()).isTrue();
    model.put(call("r1", null, InvocationStatus.THROTTLED, -1, -1), 11);

    assertThat(model.throttles().size()).isOne();
    assertThat(model.lanes()).isEmpty();
    assertThat(model.active()).isFalse();
  }

  @Test
  void itsSizeIsBounded() {
    for (int lane = 0; lane < 30; lane++) {
      String id = "e" + lane;
      model.putStored(new EnvironmentRecord(id, "f", 128, lane * 1000L, 0, 0, null));
      for (int i = 0; i < 10; i++) {
        long at = lane * 1000L + i * 50;
        model.put(call(id + i, id, InvocationStatus.OK, at + 1, 20), at);
      }
    }
    assertThat(blocks()).isLessThanOrEqualTo(100);
    assertThat(model.lanes().getLast().environmentId()).isEqualTo("e29");
    assertThat(model.lane("e0")).isNull();

    start("live", 100_000);
    for (int i = 0; i < 500; i++) {
      model.put(call("x" + i, "live", InvocationStatus.OK, 100_001 + i * 50, 20), 0);
    }
    assertThat(blocks()).isLessThanOrEqualTo(100);
    SpanSeries spans = model.lane("live").spans();
    assertThat(spans.request(spans.size() - 1)).isEqualTo("x499");
  }

  @Test
  void changesAreToldOnceWhenPublished() {
    long before = model.revisionProperty().get();
    start("e1", 100);
    model.memory("e1", 110, 5);
    assertThat(model.revisionProperty().get()).isEqualTo(before);
    model.publish();
    model.publish();
    assertThat(model.revisionProperty().get()).isEqualTo(before + 1);
  }

  private int blocks() {
    return model.lanes().stream().mapToInt(lane -> lane.spans().size()).sum();
  }

  private void start(String id, long at) {
    model.put(new EnvironmentRecord(id, "f", 128, at, 0, 0, null));
    model.started(id, "plain", List.of(), at);
  }

  private static InvocationRecord call(
      String id, String environment, InvocationStatus status, long start, long took) {
    return new InvocationRecord(
        id, 1, "f", 1, environment, status, null, false, 5, start, 0, took, 1, 128, 4, 5, 6);
  }

  private static InvocationRecord cold(String id, String environment, long start, long init) {
    return new InvocationRecord(
        id,
        1,
        "f",
        1,
        environment,
        InvocationStatus.OK,
        null,
        true,
        5,
        start,
        init,
        10,
        1,
        128,
        4,
        5,
        6);
  }
}
