package dev.hearth.app.service;

import dev.hearth.app.task.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of the user, in one properties file. Changes are gathered for half a second and
 * written into a new file that then takes the old one's place; several running Hearths keep each
 * other's changes to other keys.
 */
final class UserSettings implements SettingsService, AutoCloseable {
  private static final long DELAY_MILLIS = 500;

  private final PropertiesFile file;
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final Map<String, Optional<String>> changes = new HashMap<>();
  private @Nullable ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> save;

  UserSettings(Path file) {
    this.file = new PropertiesFile(file);
    try {
      this.file.load().forEach((key, value) -> values.put((String) key, (String) value));
    } catch (IOException | IllegalArgumentException e) {
      logger().warn("{} can't be read; defaults are used", file, e);
    }
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public void put(String key, String value) {
    if (!value.equals(values.put(key, value))) {
      changed(key, Optional.of(value));
    }
  }

  @Override
  public void remove(String key) {
    if (values.remove(key) != null) {
      changed(key, Optional.empty());
    }
  }

  private synchronized void changed(String key, Optional<String> value) {
    changes.put(key, value);
    if (timer == null) {
      timer = Executors.newSingleThreadScheduledExecutor(Threads.virtual("user-settings"));
    }
    if (save == null || save.isDone()) {
      save = timer.schedule(this::save, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Writes what has changed, now. */
  synchronized void save() {
    if (changes.isEmpty()) {
      return;
    }
    try {
      file.change(
          all ->
              changes.forEach(
                  (key, value) ->
                      value.ifPresentOrElse(
                          text -> all.setProperty(key, text), () -> all.remove(key))));
      changes.clear();
    } catch (IOException | IllegalArgumentException e) {
      logger().warn("{} can't be written", file, e);
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(UserSettings.class);
  }

  @Override
  public synchronized void close() {
    save();
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
