package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.InvocationService;
import dev.hearth.app.service.InvocationService.Burst;
import dev.hearth.app.service.InvocationService.BurstRequest;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Invokes a function: payload on standard output, log tail on standard error. */
final class InvokeCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;

  private final PositionalParamSpec name =
      Model.argument("FUNCTION", String.class, "The function's name.");
  private final OptionSpec project = Model.project();
  private final OptionSpec trust = Model.trust();
  private final OptionSpec event =
      OptionSpec.builder("-e", "--event")
          .type(String.class)
          .paramLabel("NAME|FILE|-")
          .description("A test event of the project, a file, or - for standard input; default {}.")
          .build();
  private final OptionSpec count = Model.number("--count", "N", 1, "How many calls; default 1.");
  private final OptionSpec concurrency =
      Model.number("--concurrency", "C", 1, "How many at once; default 1.");
  private final OptionSpec json =
      Model.flag("--json", "One JSON object per call on standard output.");

  private final OptionSpec async =
      Model.flag(
          "--async",
          "Queue the event and end: it is tried while the project is open in a window or served.");

  private final OptionSpec imports =
      Model.flag(
          "--imports",
          "Measure which modules the cold start loads (it gets slower) and print the slowest on"
              + " standard error.");

  InvokeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Invoke a function and print its answer.",
        name,
        project,
        event,
        count,
        concurrency,
        json,
        async,
        imports,
        trust);
  }

  @Override
  public Integer call() {
    int count = this.count.getValue();
    int concurrency = this.concurrency.getValue();
    inRange("--count", count, 1_000_000);
    inRange("--concurrency", concurrency, 1000);
    boolean measures = imports.getValue();
    if (measures && (count != 1 || async.<Boolean>getValue())) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "--imports measures one cold start. Use it without --count and --async.");
    }
    try (ProjectSession session = context.openToRun(project.getValue(), trust.getValue())) {
      FunctionDefinition function = session.functions().get(name.getValue());
      String payload = EventArgument.read(event.getValue(), session.events(), context.in());
      if (async.<Boolean>getValue()) {
        return enqueue(session, function, payload, count);
      }
      AtomicInteger worst = new AtomicInteger(ExitCode.OK);
      InvocationReport report = new InvocationReport(function, json.getValue(), context);
      if (count == 1) {
        InvocationService calls = session.invocations();
        InvokeResult result =
            await(
                (measures
                        ? calls.measureImports(function.id(), payload)
                        : calls.invoke(function.id(), payload))
                    .result());
        worst.set(exitCode(result));
        report.print(result);
        if (measures) {
          session
              .history()
              .detail(result.requestId())
              .map(InvocationDetail::imports)
              .ifPresent(modules -> ImportTable.print(modules, context.err()));
        }
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

  /** As Lambda's 202: the request ids are all that the caller gets. */
  private int enqueue(
      ProjectSession session, FunctionDefinition function, String payload, int count) {
    boolean json = this.json.getValue();
    for (int i = 0; i < count; i++) {
      String requestId = session.queues().enqueue(function.id(), payload);
      context
          .out()
          .println(json ? "{\"StatusCode\":202,\"requestId\":\"" + requestId + "\"}" : requestId);
    }
    return ExitCode.OK;
  }

  private static void inRange(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "%s of %,d is out of range. Use 1 to %,d.".formatted(option, value, max));
    }
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw e;
    }
  }

  static int exitCode(InvokeResult result) {
    return switch (result.outcome()) {
      case InvokeOutcome.Succeeded _ -> ExitCode.OK;
      case InvokeOutcome.CouldNotRun _ -> ExitCode.COULD_NOT_RUN;
      default -> ExitCode.FUNCTION_FAILED;
    };
  }
}
