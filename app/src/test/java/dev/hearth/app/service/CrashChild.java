package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.testing.FakeLambda;
import dev.hearth.runtime.event.RuntimeEvent;
import java.nio.file.Path;

/** The program that {@link CrashTest} kills: it invokes without end. */
final class CrashChild {
  private CrashChild() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    FakeLambda lambda = new FakeLambda();
    ProjectService projects = CrashTest.projects(folder, lambda);
    ProjectSession session = projects.open(folder.resolve("p.hearth"));
    FunctionDefinition function = session.functions().get("hello");
    String last = invoke(session, function);
    lambda.publish(new RuntimeEvent.InvokeQueued(System.nanoTime(), "stuck", "hello", new byte[2]));
    String environment = session.history().environments(1).getFirst().environmentId();
    lambda.publish(
        new RuntimeEvent.InvokeStarted(
            System.nanoTime(),
            "stuck",
            environment,
            lambda.deployed("hello").orElseThrow(),
            false));
    session.functions().write(function.id(), "app.py", "edited just before");
    System.out.println(last + " " + session.history().count());
    while (!Thread.currentThread().isInterrupted()) {
      invoke(session, function);
    }
  }

  private static String invoke(ProjectSession session, FunctionDefinition function) {
    return session.invocations().invoke(function.id(), "{}").result().join().requestId();
  }
}
