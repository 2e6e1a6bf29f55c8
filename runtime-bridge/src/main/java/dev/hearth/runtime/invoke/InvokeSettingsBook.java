package dev.hearth.runtime.invoke;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.TargetArn;
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
    reload();
    InvokeSettings changed = change.apply(of(functionName));
    account.check(functionName, changed.reservedConcurrency(), changed.provisionedInAll());
    checkDestinations(functionName, changed);
    if (changed.provisionedConcurrency().containsKey(DeployedFunction.LATEST)) {
      throw new InvalidFunctionException(
          "provisionedConcurrentExecutions",
          "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    }
    store.saveSettings(functionName, changed);
    apply(functionName, changed);
    return changed;
  }

  /** The words are Lambda's (invoke-api.md section 10). */
  private static void checkDestinations(String functionName, InvokeSettings changed) {
    for (EventInvokeConfig config : changed.eventInvokeConfigs().values()) {
      for (String arn : new String[] {config.onSuccess(), config.onFailure()}) {
        TargetArn target = arn == null ? null : TargetArn.parse("destination", arn);
        if (target != null
            && target.service() == TargetArn.Service.LAMBDA
            && target.name().equals(functionName)) {
          throw new InvalidFunctionException(
              arn.equals(config.onSuccess()) ? "onSuccess" : "onFailure",
              "You can't specify the function as a destination for itself.");
        }
      }
    }
    String deadLetter = changed.deadLetterConfig();
    if (deadLetter != null) {
      TargetArn.Service service = TargetArn.parse("deadLetterConfig", deadLetter).service();
      if (service != TargetArn.Service.SQS && service != TargetArn.Service.SNS) {
        throw new InvalidFunctionException(
            "deadLetterConfig", "A dead-letter target is a queue (sqs) or a topic (sns).");
      }
    }
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
    if (changed.equals(settings.put(functionName, changed))) {
      return;
    }
    account.set(functionName, changed.reservedConcurrency(), changed.provisionedInAll());
  }

  /** Forgets a function that is gone. */
  public synchronized void forget(String functionName) {
    settings.remove(functionName);
    store.saveSettings(functionName, InvokeSettings.NONE);
    account.forget(functionName);
  }
}
