package dev.hearth.app.state;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.RuntimeEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/**
 * The execution environments that exist right now, for the counts and dots of explorer and status
 * bar. FX thread only; {@link #revisionProperty()} tells of changes.
 */
public final class LiveEnvironments {
  private final Map<String, Environment> environments = new LinkedHashMap<>();
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();

  /**
   * One environment.
   *
   * @param notes what the user should know of how it runs, e.g. another interpreter version
   */
  public record Environment(
      String id, String functionName, EnvironmentState state, List<String> notes) {
    /** Started, initialised and ready for a call or serving one. */
    public boolean warm() {
      return switch (state) {
        case IDLE, FROZEN, INVOKING -> true;
        default -> false;
      };
    }

    /** Serving a call, or starting for one. */
    public boolean busy() {
      return switch (state) {
        case STARTING, INIT, INVOKING -> true;
        default -> false;
      };
    }
  }

  /** Follows one event of the local Lambda. */
  public void apply(RuntimeEvent event) {
    switch (event) {
      case RuntimeEvent.EnvironmentStarted started ->
          put(
              new Environment(
                  started.environmentId(),
                  started.function().name(),
                  EnvironmentState.STARTING,
                  List.copyOf(started.notes())));
      case RuntimeEvent.EnvironmentStateChanged changed -> {
        Environment old = environments.get(changed.environmentId());
        if (old != null && old.state() != changed.state()) {
          put(new Environment(old.id(), old.functionName(), changed.state(), old.notes()));
        }
      }
      case RuntimeEvent.EnvironmentGone gone -> {
        if (environments.remove(gone.environmentId()) != null) {
          changed();
        }
      }
      default -> {}
    }
  }

  /** All that exist, oldest first. */
  public Collection<Environment> all() {
    return List.copyOf(environments.values());
  }

  /** How many environments of a function are warm. */
  public int warm(String functionName) {
    return (int)
        environments.values().stream()
            .filter(e -> e.warm() && e.functionName().equals(functionName))
            .count();
  }

  /** How many environments are warm. */
  public int warm() {
    return (int) environments.values().stream().filter(Environment::warm).count();
  }

  /** Whether an environment of a function starts or serves a call. */
  public boolean busy(String functionName) {
    return environments.values().stream()
        .anyMatch(e -> e.busy() && e.functionName().equals(functionName));
  }

  /** What the user should know of the environments, each text once. */
  public List<String> notes() {
    return environments.values().stream().flatMap(e -> e.notes().stream()).distinct().toList();
  }

  /** Grows with every change. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  private void put(Environment environment) {
    environments.put(environment.id(), environment);
    changed();
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }
}
