package dev.hearth.app.service;

import dev.hearth.app.project.Project;
import dev.hearth.runtime.LocalLambda;

/**
 * One open project with everything that works on it: what panels and commands are given. Closing it
 * ends all environments, writes what is pending and closes the file.
 */
public interface ProjectSession extends AutoCloseable {
  Project project();

  FunctionService functions();

  EventService events();

  InvocationService invocations();

  HistoryService history();

  SettingsService settings();

  LocalLambda lambda();

  @Override
  void close();
}
