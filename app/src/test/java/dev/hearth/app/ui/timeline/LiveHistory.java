package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.state.WorkbenchState;
import java.util.Random;

/** A fixed history of this session, put into the window's state as its events would. */
public final class LiveHistory {
  /** 21 November 2026, 10:42:00 UTC. */
  public static final long START = 1_795_257_720_000_000_000L;

  private static final long MS = 1_000_000L;
  private final WorkbenchState state;
  private final Random random = new Random(42);
  private int number;

  private LiveHistory(WorkbenchState state) {
    this.state = state;
  }

  /** Three environments of one function and one of another, a minute long. */
  public static void fill(WorkbenchState state) {
    LiveHistory history = new LiveHistory(state);
    history.lane("7f3a", "orders-api", 512, 1_200, 170, 58_000, null);
    history.lane("b21c", "orders-api", 512, 14_500, 174, 48_000, "idle time-out");
    history.lane("90de", "orders-api", 512, 15_000, 176, 58_500, null);
    history.lane("11aa", "resize-image", 256, 31_000, 4_450, 58_000, null);
    for (int i = 0; i < 3; i++) {
      history.put("t" + i, null, InvocationStatus.THROTTLED, 16_000 + i * 300L, 0, false);
    }
    state.timeline().publish();
  }

  private void lane(
      String id, String function, int memory, long at, long init, long until, String reason) {
    long gone = reason == null ? 0 : START + until * MS;
    long start = START + at * MS;
    state
        .timeline()
        .put(new EnvironmentRecord(id, function, memory, start, start + init * MS, gone, reason));
    state.timeline().initDone(id, start, start + init * MS, false);
    long time = at + init;
    boolean cold = true;
    long bytes = 60L << 20;
    while (time < until - 2_000) {
      long duration = 100L + random.nextInt(1_400);
      InvocationStatus status =
          random.nextInt(9) == 0 ? InvocationStatus.ERROR : InvocationStatus.OK;
      put("r" + number++, id, status, time, duration, cold);
      bytes += random.nextInt(3 << 20);
      state.timeline().memory(id, START + time * MS, bytes);
      state.timeline().memory(id, START + (time + duration) * MS, bytes - (1 << 20));
      time += duration + 300 + random.nextInt(3_500);
      cold = false;
    }
  }

  private void put(
      String request,
      String environment,
      InvocationStatus status,
      long at,
      long duration,
      boolean cold) {
    InvocationRecord record =
        new InvocationRecord(
            request,
            1,
            "orders-api",
            1,
            environment,
            status,
            status == InvocationStatus.ERROR ? "KeyError" : null,
            cold,
            START + at * MS,
            environment == null ? InvocationRecord.UNMEASURED : START + at * MS,
            cold ? 170 * MS : 0,
            duration * MS,
            duration,
            512,
            107L << 20,
            duration * MS / 2,
            200_000 + duration * 8_333);
    state.invocations().put(record);
    state.timeline().put(record, START + (at + duration) * MS);
  }
}
