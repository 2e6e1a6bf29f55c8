package dev.hearth.runtime.invoke;

import dev.hearth.runtime.function.InvokeSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The settings of all functions: checked, kept, and in force at once. */
public final class InvokeSettingsBook {
  private final InvokeStore store;
  private final AccountConcurrency account;
  private final Map<String, InvokeSettings> settings = new HashMap<>();

  public InvokeSettingsBook(InvokeStore store, AccountConcurrency account) {
    this.store = store;
    this.account = account;
    store.settings().forEach(this::apply);
  }

  public synchronized InvokeSettings of(String functionName) {
    return settings.getOrDefault(functionName, InvokeSettings.NONE);
  }

  /**
   * Changes the settings of one function; nobody else can in between.
   *
   * @throws dev.hearth.runtime.function.InvalidFunctionException when Lambda would refuse them
   */
  public synchronized InvokeSettings change(
      String functionName, UnaryOperator<InvokeSettings> change) {
    InvokeSettings changed = change.apply(of(functionName));
    account.check(functionName, changed.reservedConcurrency(), changed.provisionedInAll());
    store.saveSettings(functionName, changed);
    apply(functionName, changed);
    return changed;
  }

  /** Takes over what another program may have set. */
  public synchronized void reload() {
    Map<String, InvokeSettings> stored = store.settings();
    for (String known : Map.copyOf(settings).keySet()) {
      if (!stored.containsKey(known)) {
        apply(known, InvokeSettings.NONE);
      }
    }
    stored.forEach(this::apply);
  }

  private void apply(String functionName, InvokeSettings changed) {
    settings.put(functionName, changed);
    account.set(functionName, changed.reservedConcurrency(), changed.provisionedInAll());
  }

  /** Forgets a function that is gone. */
  public synchronized void forget(String functionName) {
    settings.remove(functionName);
    store.saveSettings(functionName, InvokeSettings.NONE);
    account.forget(functionName);
  }
}
