package dev.hearth.runtime.invoke;

import dev.hearth.runtime.function.InvokeSettings;
import java.util.HashMap;
import java.util.Map;

/** Keeps everything in memory: for tests and for programs that need nothing after their end. */
public final class MemoryInvokeStore implements InvokeStore {
  private final Map<String, InvokeSettings> settings = new HashMap<>();

  @Override
  public synchronized Map<String, InvokeSettings> settings() {
    return Map.copyOf(settings);
  }

  @Override
  public synchronized void saveSettings(String functionName, InvokeSettings changed) {
    if (changed.equals(InvokeSettings.NONE)) {
      settings.remove(functionName);
    } else {
      settings.put(functionName, changed);
    }
  }
}
