package dev.hearth.runtime.invoke;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a front end of the local Lambda needs of it: triggers and the service API call functions
 * through this and know nothing else.
 */
public interface Invoker {
  /**
   * What a call of this name reaches.
   *
   * @param functionName a name, or {@code name:qualifier} with a version or an alias; behind an
   *     alias with weights each question draws anew
   */
  Optional<DeployedFunction> deployed(String functionName);

  /** Everything that is deployed, in the order of the names. */
  List<DeployedFunction> deployed();

  /**
   * Invokes and waits for the answer. Blocks the calling thread (virtual or platform); interrupting
   * it cancels the call.
   *
   * @throws RuntimeException when nothing is deployed under that name, or after closing
   */
  InvokeResult invoke(InvokeRequest request);

  /**
   * The same, for a front end that wants to pass the answer on before the call has ended.
   *
   * @param onAnswer called exactly once, on the calling thread, before this returns: as soon as the
   *     function has answered, while its runtime still gets ready for the next event; a {@link
   *     dev.hearth.runtime.event.ResponseListener} hears a streamed response while it is written
   */
  default InvokeResult invoke(InvokeRequest request, Consumer<InvokeOutcome> onAnswer) {
    InvokeResult result = invoke(request);
    onAnswer.accept(result.outcome());
    return result;
  }

  /**
   * Accepts an asynchronous invocation: it is kept when this returns and runs when it can, by the
   * rules of events-and-failure.md section 1.
   *
   * @throws RuntimeException when nothing is deployed under that name, or after closing
   */
  void invokeEvent(InvokeRequest request);

  /** What is set for a function; {@link InvokeSettings#NONE} when nothing is. */
  InvokeSettings invokeSettings(String functionName);

  /**
   * Changes what is set for a function; in force when this returns, and kept.
   *
   * @return the settings after the change
   * @throws InvalidFunctionException when Lambda would refuse them, in its words
   */
  InvokeSettings changeInvokeSettings(String functionName, UnaryOperator<InvokeSettings> change);

  /**
   * How far the environments kept ready for a version or alias have come; empty when none are
   * wanted.
   */
  default Optional<ProvisionedConcurrency> provisionedConcurrency(
      String functionName, String qualifier) {
    return Optional.empty();
  }

  /** The account's limit and what of it is not reserved. */
  AccountConcurrency concurrency();
}
