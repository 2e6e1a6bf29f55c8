package dev.hearth.runtime.environment;

import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets only the processes of one environment reach its Runtime API: all ports of this machine's
 * loopback interface can be tried by everyone, and whoever got through could take a neighbour's
 * events and answer them. On Lambda each environment has an address of its own (runtime-api.md
 * section 1).
 */
final class Visitors implements RuntimeServer.Door {
  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_MILLIS = 2;

  private final ProcessGroup processes;
  private final CountDownLatch started = new CountDownLatch(1);

  Visitors(ProcessGroup processes) {
    this.processes = processes;
  }

  /** From now on every process is in the group from its first instruction. */
  void allStarted() {
    started.countDown();
  }

  /** A process may be faster than we are in noting that it has been started. */
  @Override
  public boolean admits(Socket connection) throws InterruptedException {
    long until = System.nanoTime() + LONGEST_START_NANOS;
    boolean admitted = processes.mayHold(connection);
    for (boolean last = false; !admitted && !last; admitted = processes.mayHold(connection)) {
      last = started.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - until > 0;
    }
    return admitted;
  }
}
