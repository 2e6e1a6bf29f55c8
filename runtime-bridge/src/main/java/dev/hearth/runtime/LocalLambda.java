package dev.hearth.runtime;

import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.ProvisionedUse;
import dev.hearth.runtime.function.PublishedVersions;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.invoke.EventQueue;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import dev.hearth.runtime.language.Interpreter;
import dev.hearth.runtime.sandbox.Sandboxes;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The local Lambda's one front door: functions are deployed and invoked here, and everything that
 * happens comes back as {@link dev.hearth.runtime.event.RuntimeEvent}s. Safe for use by many
 * threads.
 */
public interface LocalLambda extends Invoker, AutoCloseable {
  /**
   * Opens a local Lambda with the languages and the confinement that this machine offers. Several
   * may be open at once and may share folders.
   *
   * @throws UncheckedIOException when a folder of the options can't be made
   */
  static LocalLambda open(LocalLambdaOptions options) {
    return EmbeddedLambda.open(
        options, Sandboxes.best(), new InstalledLanguages(options.cacheDirectory()));
  }

  /**
   * Prepares this process for its first environment, so that the work can be done beside other work
   * at the start of a program. Nothing depends on it.
   */
  static void warmUp() {
    Sandboxes.warmUp();
  }

  /**
   * Finds out in the background what this machine has for environments, which otherwise the first
   * one waits for. Returns at once.
   */
  default void prepare() {}

  /**
   * Makes a function callable. Deploying the same name with other code or configuration retires the
   * idle environments of the old one; running calls finish on it (lifecycle.md section 1, rule 8).
   * Returns at once.
   */
  void deploy(DeployedFunction function);

  /**
   * Removes a function with all its versions, or one version ({@code name:number}), and their
   * environments; does nothing when it is unknown.
   */
  void remove(String functionName);

  /**
   * Says where calls that name a version or an alias find it; versions are deployed with their
   * first call. Without it only what was deployed can be called.
   */
  void versions(PublishedVersions source);

  /** What is deployed under a name; see {@link Invoker#deployed(String)}. */
  @Override
  Optional<DeployedFunction> deployed(String functionName);

  /** Everything that is deployed, in the order of the names. */
  @Override
  List<DeployedFunction> deployed();

  /**
   * Invokes and waits for the answer. Blocks the calling thread (virtual or platform; platform
   * threads are faster by some ten microseconds); interrupting it cancels the call, and one that is
   * interrupted already ends it before anything is started.
   *
   * <p>All events of the call have been published when this returns, with one exception: a runtime
   * that takes more than 50 ms after its answer to ask for the next event. Its caller does not
   * wait; END, REPORT and InvokeDone follow when the runtime is back.
   *
   * @throws UnknownFunctionException when nothing is deployed under that name
   * @throws IllegalStateException after {@link #close()}
   */
  @Override
  InvokeResult invoke(InvokeRequest request);

  /** The asynchronous invocations that have not ended. */
  EventQueue eventQueue();

  /** What was kept ready ahead of calls since this was opened, for the bill. */
  default List<ProvisionedUse> provisionedUse() {
    return List.of();
  }

  /**
   * Stops a running or waiting invocation: its process group is killed and the outcome is
   * Cancelled. An asynchronous one is not tried again.
   *
   * @return false when it had already ended
   */
  boolean cancel(String requestId);

  /** Ends all environments of a function; running calls are cancelled. */
  void stopEnvironments(String functionName);

  /** The caller sees every event published after this call returns. */
  Subscription subscribe(RuntimeEventListener listener);

  /** Relates the monotonic times of all events of this instance to the wall clock. */
  ClockAnchor clockAnchor();

  /** What every rule of waiting follows; whoever moves it moves them all. */
  VirtualClock clock();

  /** Interpreters on this machine, by family. The first call may take some hundred milliseconds. */
  List<Interpreter> interpreters();

  /**
   * Fetches the AWS SDK, which Lambda's managed runtimes bring along, from the network: by pip or
   * npm into the cache folder. Functions find it from their next environment on. Blocks up to ten
   * minutes.
   *
   * @param packages names of npm; empty for the usual ones
   * @return the folder it lies in
   * @throws dev.hearth.runtime.language.SdkFetchException when that fails; the message says why
   */
  Path fetchSdk(RuntimeFamily family, List<String> packages);

  /** How environments are confined here, and what is not limited, for the window. */
  String sandboxDescription();

  /** Whether functions can be kept from the network here; see {@code NetworkAccess}. */
  boolean separatesNetworks();

  /** Ends every environment with all its processes and waits until they are gone. */
  @Override
  void close();
}
