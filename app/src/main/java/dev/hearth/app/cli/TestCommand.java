package dev.hearth.app.cli;

import dev.hearth.app.project.Pin;
import dev.hearth.app.project.PinResult;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Runs the pins of a project: the same events, the same answers, within their budgets. */
final class TestCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;
  private final OptionSpec project = Model.project();
  private final OptionSpec trust = Model.trust();
  private final OptionSpec name = Model.text("--pin", "NAME", "Only the pin of this name.");
  private final OptionSpec junit =
      Model.text("--junit", "FILE", "Also write the results as JUnit XML.");

  TestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Run the pinned invocations; exit code 1 when one fails.",
        project,
        name,
        junit,
        trust);
  }

  @Override
  public Integer call() {
    try (ProjectSession session = context.openToRun(project.getValue(), trust.getValue())) {
      List<Pin> pins = pins(session, name.getValue());
      List<PinResult> results = new ArrayList<>();
      for (Pin pin : pins) {
        PinResult result = session.pins().run(pin);
        results.add(result);
        print(result);
      }
      long failed = results.stream().filter(result -> !result.passed()).count();
      context.out().printf("%d pins, %d failed%n", results.size(), failed);
      @Nullable String file = junit.getValue();
      if (file != null) {
        write(Path.of(file), JunitXml.of(session.project().name(), results));
      }
      return failed == 0 ? ExitCode.OK : ExitCode.FUNCTION_FAILED;
    }
  }

  private static List<Pin> pins(ProjectSession session, @Nullable String name) {
    List<Pin> all = session.pins().list();
    List<Pin> chosen =
        name == null ? all : all.stream().filter(pin -> pin.name().equals(name)).toList();
    if (chosen.isEmpty()) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          all.isEmpty()
              ? "This project has no pins. Pin an invocation with \"hearth pin\" or in the window."
              : "There is no pin \"%s\". There are: %s."
                  .formatted(name, String.join(", ", all.stream().map(Pin::name).toList())));
    }
    return chosen;
  }

  private void print(PinResult result) {
    String took =
        result.durationNanos() < 0
            ? "not measured"
            : String.format(Locale.ROOT, "%.1f ms", result.durationNanos() / 1e6);
    context
        .out()
        .printf(
            "%s  %s  %s  %s%n",
            result.passed() ? "ok  " : "FAIL",
            result.pin().name(),
            result.pin().functionName(),
            took);
    result.failures().forEach(failure -> context.out().println("      " + failure));
  }

  private static void write(Path file, String xml) {
    try {
      Files.writeString(file, xml);
    } catch (IOException e) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "%s can't be written. Choose another file for --junit.".formatted(file),
          e);
    }
  }
}
