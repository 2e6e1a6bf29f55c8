package dev.hearth.app.service;

import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.runtime.function.FunctionConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Spares the exact decimal arithmetic for calls that cost what the one before cost, as most of a
 * burst do. Used by one thread at a time.
 */
final class RememberedPrice implements InvocationAssembler.Price {
  private final InvocationAssembler.Price exact;
  private @Nullable FunctionConfiguration configuration;
  private long billedMillis;
  private boolean provisioned;
  private long picoUsd;

  RememberedPrice(InvocationAssembler.Price exact) {
    this.exact = exact;
  }

  @Override
  public long picoUsd(FunctionConfiguration wanted, long millis, boolean ahead) {
    if (wanted != configuration || millis != billedMillis || ahead != provisioned) {
      picoUsd = exact.picoUsd(wanted, millis, ahead);
      provisioned = ahead;
      configuration = wanted;
      billedMillis = millis;
    }
    return picoUsd;
  }
}
