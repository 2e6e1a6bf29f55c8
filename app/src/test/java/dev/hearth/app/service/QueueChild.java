package dev.hearth.app.service;

import dev.hearth.runtime.event.InvokeOutcome;
import java.nio.file.Path;

/**
 * The program that {@link QueueServiceTest} kills: it accepts events without end, on a clock that
 * stands, and says each one's id as soon as it is accepted.
 */
final class QueueChild {
  private QueueChild() {}

  public static void main(String[] arguments) {
    ProjectSession session =
        QueueServiceTest.open(
            Path.of(arguments[0]),
            lambda -> lambda.outcome(new InvokeOutcome.Throttled("not in this process")));
    session.lambda().clock().setSpeed(0);
    long function = session.functions().get("hello").id();
    while (!Thread.currentThread().isInterrupted()) {
      System.out.println(session.queues().invoke(function, "{}"));
      System.out.flush();
    }
  }
}
