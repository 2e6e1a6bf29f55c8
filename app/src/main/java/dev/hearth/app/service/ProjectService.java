package dev.hearth.app.service;

import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Opens and creates project files, and remembers which were used. Methods block and throw {@link
 * HearthException}.
 */
public interface ProjectService extends AutoCloseable {
  /**
   * Opens an existing project.
   *
   * @throws HearthException when the file is missing, no Hearth project, written by a newer Hearth,
   *     or not readable; the file is left as it was
   */
  ProjectSession open(Path file);

  /**
   * Creates a project file.
   *
   * @param template {@code empty} or {@code sample}
   * @throws HearthException when the file exists or can't be written
   */
  ProjectSession create(Path file, String template);

  /** Opens the user's sample project, creating it at first. */
  ProjectSession openSample();

  /** Most recent first; files that are gone are left out. */
  List<Path> recent();

  /** What a new function can start from: one or more per runtime family. */
  List<FunctionTemplate> functionTemplates();

  /** The interpreters of all families on this machine, without an open project. */
  List<Interpreter> interpreters();

  /**
   * Fetches the AWS SDK for a family's functions from the network; see {@code
   * LocalLambda.fetchSdk}.
   *
   * @return the folder it lies in
   * @throws HearthException when that fails
   */
  Path fetchSdk(RuntimeFamily family);

  /** Settings of the user, not of a project. */
  SettingsService userSettings();

  /** Saves the user's settings; open sessions are closed on their own. */
  @Override
  void close();

  /**
   * @param id e.g. {@code python-hello}
   * @param runtime a runtime identifier, e.g. {@code python3.12}
   * @param files path to content
   */
  record FunctionTemplate(
      String id, String title, String runtime, String handler, Map<String, byte[]> files) {}
}
