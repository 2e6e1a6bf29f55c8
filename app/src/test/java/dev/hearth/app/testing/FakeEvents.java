package dev.hearth.app.testing;

import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.EventService;
import dev.hearth.app.service.HearthException;
import dev.hearth.resources.Templates;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Test events in memory. */
public final class FakeEvents implements EventService {
  private final TreeMap<Long, TestEvent> events = new TreeMap<>();
  private long nextId = 1;

  @Override
  public synchronized List<TestEvent> list() {
    return events.values().stream().sorted(Comparator.comparing(TestEvent::name)).toList();
  }

  @Override
  public TestEvent get(String name) {
    return list().stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new HearthException(
                    HearthException.Kind.INPUT, "There is no test event " + name + "."));
  }

  @Override
  public synchronized TestEvent create(String name, String kind, String json) {
    String free = name;
    for (int i = 2; taken(free); i++) {
      free = name + "-" + i;
    }
    TestEvent made = new TestEvent(nextId++, free, kind, json);
    events.put(made.id(), made);
    return made;
  }

  private boolean taken(String name) {
    return events.values().stream().anyMatch(e -> e.name().equals(name));
  }

  @Override
  public synchronized TestEvent update(TestEvent event) {
    events.put(event.id(), event);
    return event;
  }

  @Override
  public synchronized void delete(long eventId) {
    events.remove(eventId);
  }

  @Override
  public List<EventTemplate> templates() {
    return Templates.events().stream()
        .map(t -> new EventTemplate(t.id(), t.title(), t.kind(), t.json()))
        .toList();
  }
}
