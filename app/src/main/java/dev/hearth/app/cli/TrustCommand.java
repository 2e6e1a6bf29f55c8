package dev.hearth.app.cli;

import dev.hearth.app.service.ProjectSession;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Lets the code of a project that came from elsewhere run here, or no longer. */
final class TrustCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;

  private final PositionalParamSpec file =
      Model.argument("FILE", Path.class, "The project file, once you have looked through it.");
  private final OptionSpec revoke =
      Model.flag("--revoke", "Restrict the project again from its next opening on.");

  TrustCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Let a project that came from elsewhere run here: copied, downloaded or checked out.",
        file,
        revoke);
  }

  @Override
  public Integer call() {
    try (ProjectSession session = context.open(file.getValue())) {
      Path project = session.project().file();
      if (revoke.<Boolean>getValue()) {
        session.revokeTrust();
        context.out().println("Restricted " + project);
      } else {
        session.trust();
        context.out().println("Trusted " + project);
      }
    }
    return ExitCode.OK;
  }
}
