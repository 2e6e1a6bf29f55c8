package dev.hearth.app.action;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** All commands of the window by id. Used on the FX thread only. */
public final class ActionRegistry {
  private final Map<String, Action> actions = new LinkedHashMap<>();

  /**
   * @throws IllegalStateException when the id or the key is already taken
   */
  public void register(Action action) {
    for (Action other : actions.values()) {
      if (!action.key().isEmpty() && other.key().equals(action.key())) {
        throw new IllegalStateException(
            action.id() + " and " + other.id() + " share " + action.key());
      }
    }
    if (actions.putIfAbsent(action.id(), action) != null) {
      throw new IllegalStateException("Action registered twice: " + action.id());
    }
  }

  /** Forgets an action whose panel is closed. */
  public void unregister(String id) {
    actions.remove(id);
  }

  /**
   * @throws NoSuchElementException when there is no such action
   */
  public Action get(String id) {
    Action action = actions.get(id);
    if (action == null) {
      throw new NoSuchElementException("No action " + id);
    }
    return action;
  }

  /** An action that only some windows have. */
  public Optional<Action> find(String id) {
    return Optional.ofNullable(actions.get(id));
  }

  public void fire(String id) {
    get(id).fire();
  }

  /** In order of registration. */
  public Collection<Action> all() {
    return Collections.unmodifiableCollection(actions.values());
  }
}
