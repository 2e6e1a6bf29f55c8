package dev.hearth.app.service;

import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.store.Database;
import dev.hearth.app.store.ProjectFiles;
import dev.hearth.app.store.SecretBox;
import dev.hearth.app.store.SecretKeyFile;
import dev.hearth.resources.Templates;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeStore;
import dev.hearth.runtime.invoke.MemoryInvokeStore;
import dev.hearth.runtime.language.Interpreter;
import dev.hearth.runtime.language.SdkFetchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Project files on disk and the list of those that were used. */
final class StoredProjects implements ProjectService {
  private static final String RECENT = "recentProjects";
  private static final int MAX_RECENT = 20;

  private final UserFolders folders;
  private final boolean remember;
  private final Function<InvokeStore, LocalLambda> lambdaFactory;
  private final ProjectFiles files = new ProjectFiles();
  private final UserSettings settings;
  private final TrustList trusted;
  private final SecretBox secrets;

  StoredProjects(
      UserFolders folders,
      boolean remember,
      BiFunction<SettingsService, InvokeStore, LocalLambda> lambdaFactory) {
    this.folders = folders;
    this.remember = remember;
    this.settings = new UserSettings(folders.config().resolve("settings.properties"));
    this.trusted = new TrustList(folders.config().resolve("trusted-projects.properties"));
    this.secrets = new SecretBox(new SecretKeyFile(folders.config().resolve("secret.key")));
    this.lambdaFactory = store -> lambdaFactory.apply(settings, store);
  }

  @Override
  public ProjectSession open(Path file) {
    StoredSession session = session(file);
    remember(session.project().file());
    return session;
  }

  private StoredSession session(Path file) {
    return Trouble.translated(
        () -> {
          Database database = files.open(file);
          try {
            return new StoredSession(
                database,
                new ProjectTrust(trusted, database),
                secrets,
                lambdaFactory,
                folders.cache().resolve("source"));
          } catch (RuntimeException e) {
            database.close();
            throw e;
          }
        });
  }

  @Override
  public ProjectSession create(Path file, String template) {
    boolean sample =
        switch (template) {
          case "empty" -> false;
          case "sample" -> true;
          default ->
              throw Trouble.input(
                  "There is no project template \"%s\". Use empty or sample.", template);
        };
    Trouble.translated(() -> files.create(file));
    StoredSession session = session(file);
    session.trustOwn();
    if (sample) {
      fillOrRemove(session);
    }
    remember(session.project().file());
    return session;
  }

  private static void fillOrRemove(ProjectSession session) {
    try {
      fill(session);
    } catch (RuntimeException e) {
      session.close();
      Path file = session.project().file();
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private static void fill(ProjectSession session) {
    Templates.Sample sample = Templates.sample();
    for (Templates.SampleFunction function : sample.functions()) {
      Templates.Function template = function.template();
      session
          .functions()
          .create(
              FunctionConfiguration.of(
                      function.name(),
                      RuntimeIdentifier.parse(template.runtime()),
                      template.handler())
                  .withMemorySize(function.memoryMb())
                  .withTimeout(function.timeoutSeconds()),
              new SourceLocation.InProject(),
              template.files());
    }
    for (Templates.Event event : sample.events()) {
      session.events().create(event.id(), event.kind(), event.json());
    }
  }

  @Override
  public ProjectSession openSample() {
    Path file = folders.data().resolve("sample.hearth");
    if (Files.exists(file)) {
      StoredSession session = session(file);
      session.trustOwn();
      remember(session.project().file());
      return session;
    }
    try {
      Files.createDirectories(folders.data());
    } catch (IOException e) {
      throw Trouble.machine(
          e,
          "The sample project can't be created in %s. Make the folder writable, or create a project"
              + " elsewhere.",
          folders.data());
    }
    return create(file, "sample");
  }

  private synchronized void remember(Path file) {
    if (!remember) {
      return;
    }
    List<String> all = new ArrayList<>(recentTexts());
    all.remove(file.toString());
    all.addFirst(file.toString());
    settings.put(RECENT, String.join("\n", all.subList(0, Math.min(MAX_RECENT, all.size()))));
  }

  private List<String> recentTexts() {
    return settings.get(RECENT).map(text -> text.lines().toList()).orElse(List.of());
  }

  @Override
  public List<Path> recent() {
    return recentTexts().stream().map(Path::of).filter(Files::isRegularFile).toList();
  }

  @Override
  public List<FunctionTemplate> functionTemplates() {
    return Templates.functions().stream()
        .map(
            template ->
                new FunctionTemplate(
                    template.id(),
                    template.title(),
                    template.runtime(),
                    template.handler(),
                    template.files()))
        .toList();
  }

  @Override
  public List<Interpreter> interpreters() {
    try (LocalLambda lambda = lambdaFactory.apply(new MemoryInvokeStore())) {
      return lambda.interpreters();
    }
  }

  @Override
  public Path fetchSdk(RuntimeFamily family) {
    try (LocalLambda lambda = lambdaFactory.apply(new MemoryInvokeStore())) {
      return lambda.fetchSdk(family, List.of());
    } catch (SdkFetchException e) {
      throw new HearthException(HearthException.Kind.MACHINE, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public SettingsService userSettings() {
    return settings;
  }

  @Override
  public void close() {
    settings.close();
  }
}
