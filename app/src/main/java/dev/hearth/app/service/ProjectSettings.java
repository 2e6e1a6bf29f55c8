package dev.hearth.app.service;

import dev.hearth.app.store.HistoryWrite;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The settings in the project file: read once, written with the history. */
final class ProjectSettings implements SettingsService {
  private final Map<String, String> values;
  private final Consumer<HistoryWrite> writer;

  ProjectSettings(Map<String, String> stored, Consumer<HistoryWrite> writer) {
    this.values = new ConcurrentHashMap<>(stored);
    this.writer = writer;
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public void put(String key, String value) {
    if (!value.equals(values.put(key, value))) {
      writer.accept(new HistoryWrite.Setting(key, value));
    }
  }

  @Override
  public void remove(String key) {
    if (values.remove(key) != null) {
      writer.accept(new HistoryWrite.Setting(key, null));
    }
  }
}
