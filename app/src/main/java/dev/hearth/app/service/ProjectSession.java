package dev.hearth.app.service;

import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.Project;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.ProvisionedUse;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * One open project with everything that works on it: what panels and commands are given. Closing it
 * ends all environments, writes what is pending and closes the file.
 */
public interface ProjectSession extends AutoCloseable {
  Project project();

  /**
   * Whether the file can't be written here: functions can be read and invoked, but nothing is kept.
   */
  boolean readOnly();

  /**
   * Whether the project's code may run. A project that did not come into being here under this user
   * is restricted until it is trusted: it can be read and edited, but whatever would run its code
   * fails with {@link HearthException}, queued events wait, and the Lambda API is not served.
   */
  boolean trusted();

  /**
   * Lifts the restriction from now on. Blocks.
   *
   * @throws HearthException when that can't be kept; the project stays restricted
   */
  void trust();

  /** Lifts the restriction until the project is closed. */
  void trustOnce();

  /**
   * Restricts the project from its next opening on. Blocks.
   *
   * @throws HearthException when that can't be kept
   */
  void revokeTrust();

  FunctionService functions();

  EventService events();

  InvocationService invocations();

  /** Asynchronous invocations. */
  QueueService queues();

  HistoryService history();

  /** Past invocations kept as tests. */
  PinService pins();

  SettingsService settings();

  VersionService versions();

  /**
   * Serves the functions over AWS's Lambda API on 127.0.0.1. Blocks until all are deployed.
   *
   * @param port 0 for a free one
   * @param problems told of each function that can't be deployed, on a background thread later on
   * @throws HearthException when the port can't be had
   */
  ServedApi serveApi(int port, Consumer<String> problems);

  /** The runtime that serves this project; it is started when first asked for. */
  LocalLambda lambda();

  /** The caller sees every event of the runtime that is published after this call returns. */
  default Subscription onEvent(RuntimeEventListener listener) {
    return lambda().subscribe(listener);
  }

  /** Relates the monotonic times of the runtime's events to the wall clock. */
  default ClockAnchor clock() {
    return lambda().clockAnchor();
  }

  /** What retries, ages of events and idle environments follow; it can be moved. */
  default VirtualClock virtualClock() {
    return lambda().clock();
  }

  /** What was kept ready ahead of calls since the project was opened, for the bill. */
  default List<ProvisionedUse> provisionedUse() {
    return lambda().provisionedUse();
  }

  /** The interpreters on this machine; the first call may take some hundred milliseconds. */
  default List<Interpreter> interpreters() {
    return lambda().interpreters();
  }

  /**
   * Fetches the AWS SDK for a family's functions from the network; blocks up to ten minutes.
   *
   * @param packages names of npm; empty for the usual ones
   * @return the folder it lies in
   * @throws dev.hearth.runtime.language.SdkFetchException when that fails; the message says why
   */
  default Path fetchSdk(RuntimeFamily family, List<String> packages) {
    return lambda().fetchSdk(family, packages);
  }

  /** How environments are confined here, and what is not limited, for the window. */
  default String sandboxDescription() {
    return lambda().sandboxDescription();
  }

  /** Whether functions can be kept from the network here. */
  default boolean separatesNetworks() {
    return lambda().separatesNetworks();
  }

  /**
   * A new assembler that turns the events of {@link #lambda()} into the records that the history
   * will hold, with this project's clock, prices and version numbers. The caller feeds it from one
   * thread.
   */
  InvocationAssembler assembler(InvocationAssembler.Listener listener);

  /**
   * Tells, on a background thread, of trouble that is no one's answer, such as a history that can't
   * be written any more; the text is written for the user. What was told before the listener came
   * is told again.
   */
  Subscription onNotice(Consumer<String> listener);

  @Override
  void close();
}
