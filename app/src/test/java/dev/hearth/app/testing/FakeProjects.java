package dev.hearth.app.testing;

import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.SettingsService;
import dev.hearth.resources.Templates;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Projects in memory: the sample, and those that the test adds. */
public final class FakeProjects implements ProjectService {
  private final Map<Path, InMemorySession> known = new LinkedHashMap<>();
  private final List<Path> recent = new ArrayList<>();
  private final MapSettings settings = new MapSettings();
  private final InMemorySession sample = InMemorySession.sample();

  /** Makes a project that can be opened. */
  public FakeProjects add(InMemorySession session) {
    known.put(session.project().file(), session);
    return this;
  }

  /** Makes a project one that was used before. */
  public FakeProjects used(Path file) {
    recent.addFirst(file);
    return this;
  }

  public InMemorySession sample() {
    return sample;
  }

  @Override
  public ProjectSession open(Path file) {
    InMemorySession session = known.get(file);
    if (session == null) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          file + " does not exist. Check the path or make it with New project.");
    }
    used(file);
    return session;
  }

  @Override
  public ProjectSession create(Path file, String template) {
    if (known.containsKey(file)) {
      throw new HearthException(
          HearthException.Kind.INPUT, file + " exists already. Choose another name.");
    }
    add(new InMemorySession(file));
    return open(file);
  }

  @Override
  public ProjectSession openSample() {
    return sample;
  }

  @Override
  public List<Path> recent() {
    return List.copyOf(recent);
  }

  @Override
  public List<FunctionTemplate> functionTemplates() {
    return Templates.functions().stream()
        .map(t -> new FunctionTemplate(t.id(), t.title(), t.runtime(), t.handler(), t.files()))
        .toList();
  }

  @Override
  public SettingsService userSettings() {
    return settings;
  }

  @Override
  public List<Interpreter> interpreters() {
    return sample.lambda().interpreters();
  }

  @Override
  public Path fetchSdk(RuntimeFamily family) {
    return sample.lambda().fetchSdk(family, List.of());
  }

  @Override
  public void close() {}
}
