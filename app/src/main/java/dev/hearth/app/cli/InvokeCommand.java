package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.InvocationService.Burst;
import dev.hearth.app.service.InvocationService.BurstRequest;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Invokes a function: payload on standard output, log tail on standard error. */
@Command(
    name = "invoke",
    description = "Invoke a function and print its answer.",
    mixinStandardHelpOptions = true)
final class InvokeCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "FUNCTION", description = "The function's name.")
  private String name;

  @Mixin private ProjectOption project;

  @Option(
      names = {"-e", "--event"},
      paramLabel = "NAME|FILE|-",
      description = "A test event of the project, a file, or - for standard input; default {}.")
  private @Nullable String event;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many calls; default 1.")
  private int count;

  @Option(
      names = "--concurrency",
      paramLabel = "C",
      defaultValue = "1",
      description = "How many at once; default 1.")
  private int concurrency;

  @Option(names = "--json", description = "One JSON object per call on standard output.")
  private boolean json;

  InvokeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    inRange("--count", count, 1_000_000);
    inRange("--concurrency", concurrency, 1000);
    try (ProjectSession session = context.open(project.file())) {
      FunctionDefinition function = session.functions().get(name);
      String payload = EventArgument.read(event, session.events(), context.in());
      AtomicInteger worst = new AtomicInteger(ExitCode.OK);
      InvocationReport report = new InvocationReport(function, json, context);
      if (count == 1) {
        InvokeResult result = await(session.invocations().invoke(function.id(), payload).result());
        worst.set(exitCode(result));
        report.print(result);
      } else {
        Burst burst =
            session
                .invocations()
                .burst(
                    new BurstRequest(function.id(), payload, count, concurrency),
                    result -> {
                      worst.accumulateAndGet(exitCode(result), Math::max);
                      report.print(result);
                    });
        await(burst.done());
      }
      return worst.get();
    }
  }

  private static void inRange(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "%s of %,d is out of range. Use 1 to %,d.".formatted(option, value, max));
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw e;
    }
  }

  private static int exitCode(InvokeResult result) {
    return switch (result.outcome()) {
      case InvokeOutcome.Succeeded _ -> ExitCode.OK;
      case InvokeOutcome.CouldNotRun _ -> ExitCode.COULD_NOT_RUN;
      default -> ExitCode.FUNCTION_FAILED;
    };
  }
}
