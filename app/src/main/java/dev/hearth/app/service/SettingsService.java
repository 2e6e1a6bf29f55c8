package dev.hearth.app.service;

import java.util.Optional;

/**
 * Small remembered things: per project (sizes, selections) in the project file, per user (theme,
 * font size, recent projects) in the user's configuration folder. Reads are from memory and may be
 * used on the FX thread; writes return at once and are durable within a second.
 */
public interface SettingsService {
  Optional<String> get(String key);

  void put(String key, String value);

  void remove(String key);
}
