package dev.hearth.runtime.function;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is set for a function about how much of it may run and what becomes of its asynchronous
 * invocations, apart from code and configuration: changing it retires no environment.
 *
 * @param reservedConcurrency null for none; 0 refuses every call
 * @param provisionedConcurrency environments kept ready, by version or alias
 * @param eventInvokeConfigs by qualifier; {@code $LATEST} for unqualified calls
 * @param deadLetterConfig ARN of the queue or topic for events that were given up; null for none
 * @param recursiveLoop whether a loop through queues and topics is stopped
 */
public record InvokeSettings(
    @Nullable Integer reservedConcurrency,
    Map<String, Integer> provisionedConcurrency,
    Map<String, EventInvokeConfig> eventInvokeConfigs,
    @Nullable String deadLetterConfig,
    RecursiveLoop recursiveLoop) {
  /** Nothing is set. */
  public static final InvokeSettings NONE =
      new InvokeSettings(null, Map.of(), Map.of(), null, RecursiveLoop.TERMINATE);

  /** What happens when a function calls itself through other functions or services. */
  public enum RecursiveLoop {
    TERMINATE,
    ALLOW
  }

  public InvokeSettings {
    provisionedConcurrency = Map.copyOf(provisionedConcurrency);
    eventInvokeConfigs = Map.copyOf(eventInvokeConfigs);
  }

  /** Environments kept ready for all versions and aliases. */
  public int provisionedInAll() {
    return provisionedConcurrency.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What holds for an asynchronous call with this qualifier. */
  public EventInvokeConfig eventInvokeConfig(@Nullable String qualifier) {
    String key = qualifier == null ? DeployedFunction.LATEST : qualifier;
    return eventInvokeConfigs.getOrDefault(key, EventInvokeConfig.DEFAULT);
  }

  public InvokeSettings withReservedConcurrency(@Nullable Integer reserved) {
    return new InvokeSettings(
        reserved, provisionedConcurrency, eventInvokeConfigs, deadLetterConfig, recursiveLoop);
  }

  /**
   * @param count environments; 0 removes the entry
   */
  public InvokeSettings withProvisionedConcurrency(String qualifier, int count) {
    Map<String, Integer> changed = new HashMap<>(provisionedConcurrency);
    if (count == 0) {
      changed.remove(qualifier);
    } else {
      changed.put(qualifier, count);
    }
    return new InvokeSettings(
        reservedConcurrency, changed, eventInvokeConfigs, deadLetterConfig, recursiveLoop);
  }

  /**
   * @param config null removes the entry
   */
  public InvokeSettings withEventInvokeConfig(
      String qualifier, @Nullable EventInvokeConfig config) {
    Map<String, EventInvokeConfig> changed = new HashMap<>(eventInvokeConfigs);
    if (config == null) {
      changed.remove(qualifier);
    } else {
      changed.put(qualifier, config);
    }
    return new InvokeSettings(
        reservedConcurrency, provisionedConcurrency, changed, deadLetterConfig, recursiveLoop);
  }

  public InvokeSettings withDeadLetterConfig(@Nullable String targetArn) {
    return new InvokeSettings(
        reservedConcurrency, provisionedConcurrency, eventInvokeConfigs, targetArn, recursiveLoop);
  }

  public InvokeSettings withRecursiveLoop(RecursiveLoop loop) {
    return new InvokeSettings(
        reservedConcurrency, provisionedConcurrency, eventInvokeConfigs, deadLetterConfig, loop);
  }
}
