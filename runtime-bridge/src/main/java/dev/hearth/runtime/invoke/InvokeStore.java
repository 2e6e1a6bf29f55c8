package dev.hearth.runtime.invoke;

import dev.hearth.runtime.function.InvokeSettings;
import java.util.Map;

/** Where what is set about invoking functions is kept between runs. Blocks; many threads use it. */
public interface InvokeStore {
  /** What is set, by function; functions without settings are left out. */
  Map<String, InvokeSettings> settings();

  /** Keeps the settings of a function; {@link InvokeSettings#NONE} removes them. */
  void saveSettings(String functionName, InvokeSettings settings);
}
