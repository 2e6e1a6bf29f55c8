package dev.hearth.app.cli;

import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.EventService;
import dev.hearth.app.service.HearthException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the event that {@code --event} means: a saved test event, a file, or standard input. */
final class EventArgument {
  private EventArgument() {}

  /**
   * @param argument a test event's name, a file, {@code -}, or null for an empty object
   */
  static String read(@Nullable String argument, EventService events, InputStream in) {
    try {
      if (argument == null) {
        return "{}";
      }
      if (argument.equals("-")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      List<TestEvent> saved = events.list();
      for (TestEvent event : saved) {
        if (event.name().equals(argument)) {
          return event.json();
        }
      }
      Path file = path(argument);
      if (file != null && Files.isRegularFile(file)) {
        return Files.readString(file);
      }
      throw new HearthException(
          HearthException.Kind.INPUT,
          "No test event and no file is named \""
              + argument
              + "\". "
              + Suggestion.among("Test events", saved.stream().map(TestEvent::name).toList()));
    } catch (IOException e) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "The event \"" + argument + "\" can't be read: " + e.getMessage(),
          e);
    }
  }

  private static @Nullable Path path(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
