package dev.hearth.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command on a project shares. */
final class ProjectOption {
  @Option(
      names = {"-p", "--project"},
      required = true,
      paramLabel = "FILE",
      description = "The project file.")
  private Path file;

  Path file() {
    return file;
  }
}
