package dev.hearth.app.service;

import dev.hearth.app.project.TestEvent;
import java.util.List;

/** The test events of the open project. Methods block and throw {@link HearthException}. */
public interface EventService {
  List<TestEvent> list();

  TestEvent get(String name);

  /** Names are unique: a number is appended when the name is taken. */
  TestEvent create(String name, String kind, String json);

  TestEvent update(TestEvent event);

  void delete(long eventId);

  /** The shapes that a new event can start from. */
  List<EventTemplate> templates();

  /**
   * @param id e.g. {@code http-api-v2}
   * @param title e.g. {@code HTTP API (payload 2.0)}
   * @param kind short label, e.g. {@code HTTP v2}
   */
  record EventTemplate(String id, String title, String kind, String json) {}
}
