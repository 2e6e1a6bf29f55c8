package dev.hearth.app.cli;

import dev.hearth.app.project.compare.GroupComparison;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Compares the durations of two groups of past invocations. */
final class CompareCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;
  private final OptionSpec project = Model.project();
  private final OptionSpec before =
      Model.text("--before", "QUERY", "The first group, e.g. \"function:orders version:6\".");
  private final OptionSpec after =
      Model.text("--after", "QUERY", "The second group, e.g. \"function:orders version:7\".");

  CompareCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Say whether two groups of past invocations differ by more than chance.",
        project,
        before,
        after);
  }

  @Override
  public Integer call() {
    try (ProjectSession session = context.open(project.getValue())) {
      long[] first = durations(session, "--before", before.getValue());
      long[] second = durations(session, "--after", after.getValue());
      context
          .out()
          .println(GroupComparison.of(first, second).sentence(before.getValue(), after.getValue()));
      return ExitCode.OK;
    }
  }

  private static long[] durations(ProjectSession session, String option, String line) {
    if (line == null) {
      throw input("%s is missing: say which invocations to compare.".formatted(option));
    }
    QueryParser.Parsed parsed = QueryParser.parse(line, QueryTimes.here());
    if (parsed.problem() != null) {
      throw input(parsed.problem());
    }
    long[] found = session.history().durations(parsed.query());
    if (found.length == 0) {
      throw input(
          "No invocation with a measured duration matches %s \"%s\".".formatted(option, line));
    }
    return found;
  }

  private static HearthException input(String message) {
    return new HearthException(HearthException.Kind.INPUT, message);
  }
}
