package dev.hearth.app.service;

import dev.hearth.app.project.TestEvent;
import dev.hearth.app.store.EventStore;
import dev.hearth.resources.Templates;
import java.util.List;

/** The test events of the project file. */
final class StoredEvents implements EventService {
  private static final int MAX_NAME = 100;

  private final EventStore store;

  StoredEvents(EventStore store) {
    this.store = store;
  }

  @Override
  public List<TestEvent> list() {
    return Trouble.translated(store::list);
  }

  @Override
  public TestEvent get(String name) {
    return Trouble.translated(() -> store.byName(name))
        .orElseThrow(
            () ->
                Trouble.input(
                    "There is no test event \"%s\". %s",
                    name, Names.suggest("Test events", name, names())));
  }

  private List<String> names() {
    return list().stream().map(TestEvent::name).toList();
  }

  @Override
  public TestEvent create(String name, String kind, String json) {
    String checked = checked(name);
    return Trouble.translated(() -> store.insert(checked, kind, json));
  }

  @Override
  public TestEvent update(TestEvent event) {
    checked(event.name());
    return Trouble.translated(() -> store.update(event))
        .orElseThrow(
            () ->
                Trouble.input(
                    "There is a test event \"%s\" already. Use another name.", event.name()));
  }

  private static String checked(String name) {
    String text = name.strip();
    if (text.isEmpty() || text.length() > MAX_NAME) {
      throw Trouble.input(
          "A test event's name has 1 to %d characters. \"%s\" has %d.",
          MAX_NAME, text, text.length());
    }
    return text;
  }

  @Override
  public void delete(long eventId) {
    Trouble.translated(() -> store.delete(eventId));
  }

  @Override
  public List<EventTemplate> templates() {
    return Templates.events().stream()
        .map(event -> new EventTemplate(event.id(), event.title(), event.kind(), event.json()))
        .toList();
  }
}
