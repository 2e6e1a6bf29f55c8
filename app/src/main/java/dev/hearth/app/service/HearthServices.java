package dev.hearth.app.service;

import dev.hearth.app.store.SqliteLibrary;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.LocalLambdaOptions;
import dev.hearth.runtime.invoke.InvokeStore;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Wires the services for the window and for the command line. */
public final class HearthServices {
  private HearthServices() {}

  /**
   * For the window: remembers which projects were opened, in the user's settings. The local Lambda
   * prepares itself when it is first asked for anything, as the window needs the processors until
   * it is there.
   */
  public static ProjectService open(UserFolders folders) {
    return open(folders, true, (settings, store) -> openLambda(folders, settings, store));
  }

  /** For the command line: leaves no trace outside of the project and the cache. */
  public static ProjectService openForCommand(UserFolders folders) {
    return open(
        folders,
        false,
        (settings, store) -> {
          LocalLambda lambda = openLambda(folders, settings, store);
          lambda.prepare();
          return lambda;
        });
  }

  /** With another runtime, for tests. */
  static ProjectService open(
      UserFolders folders, boolean remember, Supplier<LocalLambda> lambdaFactory) {
    return open(folders, remember, (settings, store) -> lambdaFactory.get());
  }

  /**
   * With another runtime, for tests.
   *
   * @param lambdaFactory given the user's settings, and where to keep its queue and settings
   */
  static ProjectService open(
      UserFolders folders,
      boolean remember,
      BiFunction<SettingsService, InvokeStore, LocalLambda> lambdaFactory) {
    SqliteLibrary.useCache(folders.cache());
    return new StoredProjects(folders, remember, lambdaFactory);
  }

  private static LocalLambda openLambda(
      UserFolders folders, SettingsService settings, InvokeStore store) {
    try {
      return LocalLambda.open(
          LocalLambdaOptions.of(
                  folders.cache().resolve("environments"), folders.cache().resolve("runtimes"))
              .withIdleTimeout(IdleTimeout.read(settings))
              .withStore(store));
    } catch (UncheckedIOException e) {
      throw Trouble.machine(e.getCause(), "%s", e.getMessage());
    }
  }
}
