package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.ServedApi;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.event.VirtualClock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Serves the functions of a project over Lambda's own HTTP API until the process is ended. */
final class ServeCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;
  private final CountDownLatch ended = new CountDownLatch(1);

  private final OptionSpec project = Model.project();
  private final OptionSpec trust = Model.trust();

  private final OptionSpec port =
      Model.number("--port", "N", 9001, "The port on 127.0.0.1; 0 takes a free one; default 9001.");

  private final OptionSpec clock =
      Model.number(
          "--clock",
          "SPEED",
          1,
          "Virtual seconds per second for retries, ages of events and idle environments; 0 stops"
              + " them; default 1.");

  ServeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Serve AWS's Lambda API on loopback, for AWS's command line and SDKs.",
        project,
        port,
        clock,
        trust);
  }

  @Override
  public Integer call() throws InterruptedException {
    int port = this.port.getValue();
    int speed = clock.getValue();
    if (port < 0 || port > 65_535) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "--port of " + port + " is out of range. Use 0 to 65535; 0 takes a free one.");
    }
    if (speed < 0 || speed > VirtualClock.MAX_SPEED) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "--clock of %,d is out of range. Use 0 to %,d.".formatted(speed, VirtualClock.MAX_SPEED));
    }
    Consumer<String> problems = text -> context.err().println("hearth: " + text);
    // A function that can't be read now keeps its last deployment; the reason is printed.
    try (ProjectSession session = context.openToRun(project.getValue(), trust.getValue())) {
      session.lambda().clock().setSpeed(speed);
      try (ServedApi api = session.serveApi(port, problems);
          Subscription delivering = session.queues().deliver(problems)) {
        context.out().println("Lambda API: " + api.url());
        ended.await();
      }
    }
    return ExitCode.OK;
  }
}
