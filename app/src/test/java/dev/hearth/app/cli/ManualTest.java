package dev.hearth.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is written about the commands is in step with what they take. */
class ManualTest {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  /** Those of other programs, and those that every command has. */
  private static final Set<String> OTHERS = Set.of("--endpoint-url", "--help", "--version");

  private static CommandLine commands() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return HearthCommand.commandLine(
        new CommandContext(
            nowhere,
            nowhere,
            InputStream.nullInputStream(),
            () -> {
              throw new IllegalStateException("No command is run");
            },
            session -> {}));
  }

  private static Set<String> options() {
    Set<String> names = new TreeSet<>();
    for (CommandLine command : commands().getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        names.add(option.longestName());
      }
    }
    names.removeAll(OTHERS);
    return names;
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of("..").resolve(file)).replace("\\-", "-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"installers/src/image/hearth.1", "docs/command-line.md"})
  void namesEveryCommandAndOptionAndNoOther(String file) throws IOException {
    String text = text(file);
    Set<String> named = new LinkedHashSet<>();
    OPTION.matcher(text).results().map(MatchResult::group).forEach(named::add);
    named.removeAll(OTHERS);
    assertThat(named).containsExactlyInAnyOrderElementsOf(options());
    for (String command : commands().getSubcommands().keySet()) {
      assertThat(text).containsPattern("(?<![\\w-])" + command + "(?![\\w-])");
    }
  }
}
