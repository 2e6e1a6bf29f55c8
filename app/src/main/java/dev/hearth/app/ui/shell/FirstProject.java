package dev.hearth.app.ui.shell;

import dev.hearth.app.service.ProjectService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The project that a window shows first: it can be read while the window is still being made. */
public final class FirstProject {
  private final List<Path> recent;
  private final ProjectScope.Loaded loaded;

  private FirstProject(List<Path> recent, ProjectScope.Loaded loaded) {
    this.recent = recent;
    this.loaded = loaded;
  }

  /**
   * Opens the file that was asked for, else the project used last, else the sample. Blocks.
   *
   * @throws dev.hearth.app.project.HearthException when it can't be opened
   */
  public static FirstProject read(ProjectService projects, Optional<Path> asked) {
    List<Path> recent = projects.recent();
    Path file = asked.orElse(recent.isEmpty() ? null : recent.getFirst());
    return new FirstProject(
        recent, ProjectScope.Loaded.of(file == null ? projects.openSample() : projects.open(file)));
  }

  /** The projects used before, the newest first. */
  List<Path> recent() {
    return recent;
  }

  ProjectScope.Loaded loaded() {
    return loaded;
  }
}
