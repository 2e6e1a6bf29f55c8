package dev.hearth.app.ui.shell;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.PastLoader;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.SettingsService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.RuntimeEventReducer;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.EventPump;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.RuntimeFamily;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;

/**
 * Everything of the window that belongs to one open project and ends with it: its state, its
 * actions, the flow of events from its local Lambda. FX thread only.
 */
final class ProjectScope implements AutoCloseable {
  private static final String FUNCTION_KEY = "selected.function";
  private static final String EVENT_KEY = "selected.event";

  private final PanelContext context;
  private final Loaded loaded;
  private final Subscriptions subscriptions = new Subscriptions();
  private final EventPump pump;
  private final ReadOnlyStringWrapper sandbox = new ReadOnlyStringWrapper("");
  private final long openedAt = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

  /**
   * What was read in the background before the window shows the project.
   *
   * @param families the runtime families that have an interpreter here
   */
  record Loaded(
      ProjectSession session,
      List<FunctionDefinition> functions,
      List<TestEvent> events,
      Set<RuntimeFamily> families) {
    /** Reads it; blocks. */
    static Loaded of(ProjectSession session) {
      Set<RuntimeFamily> families = EnumSet.of(RuntimeFamily.PROVIDED);
      session.interpreters().forEach(found -> families.add(found.family()));
      return new Loaded(session, session.functions().list(), session.events().list(), families);
    }

    /** The oldest function that this machine can run, else the oldest; -1 when there is none. */
    long firstRunnable() {
      return functions.stream()
          .min(
              Comparator.comparing(
                      (FunctionDefinition f) ->
                          !families.contains(f.configuration().runtime().family()))
                  .thenComparing(FunctionDefinition::id))
          .map(FunctionDefinition::id)
          .orElse(-1L);
    }

    /** The oldest event; -1 when there is none. */
    long firstEvent() {
      return events.stream().mapToLong(TestEvent::id).min().orElse(-1);
    }
  }

  ProjectScope(Loaded loaded, PanelContext context) {
    this.loaded = loaded;
    this.context = context;
    WorkbenchState state = context.state();
    state.trustedProperty().set(loaded.session().trusted());
    fillLists();
    state.invocations().rows().addListener((ListChangeListener<InvocationRecord>) this::countEnded);
    pump = new EventPump(new Reduced(state));
    Subscription events = loaded.session().onEvent(pump);
    subscriptions.onClose(events::close);
    subscriptions.onClose(pump::close);
    Subscription delivering = loaded.session().queues().deliver(this::warn);
    subscriptions.onClose(delivering::close);
    Subscription notices = loaded.session().onNotice(this::warn);
    subscriptions.onClose(notices::close);
    rememberSelection();
    new PastLoader(loaded.session().history(), state, context.tasks())
        .loadNewest(() -> {}, failure -> state.notices().add(Failures.notice(failure)));
  }

  private void warn(String text) {
    context
        .tasks()
        .onFx(() -> context.state().notices().add(new Notice(Notice.Severity.WARNING, text)));
  }

  /** What was selected last time; at first what was made first, if it can run here. */
  private void fillLists() {
    SettingsService settings = loaded.session().settings();
    ProjectLists lists = new ProjectLists(context);
    long function = id(settings.get(FUNCTION_KEY));
    long event = id(settings.get(EVENT_KEY));
    lists.showFunctions(loaded.functions(), function >= 0 ? function : loaded.firstRunnable());
    lists.showEvents(loaded.events(), event >= 0 ? event : loaded.firstEvent());
  }

  private static long id(Optional<String> stored) {
    try {
      return Long.parseLong(stored.orElse(""));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void rememberSelection() {
    SettingsService settings = loaded.session().settings();
    WorkbenchState state = context.state();
    subscriptions.later(
        state.functionProperty(),
        () -> {
          FunctionDefinition function = state.functionProperty().get();
          if (function != null) {
            settings.put(FUNCTION_KEY, String.valueOf(function.id()));
          }
        });
    subscriptions.later(
        state.eventProperty(),
        () -> {
          TestEvent event = state.eventProperty().get();
          if (event != null) {
            settings.put(EVENT_KEY, String.valueOf(event.id()));
          }
        });
  }

  /** Rows of the past are in the feed too: only what was accepted since the opening counts. */
  private void countEnded(ListChangeListener.Change<? extends InvocationRecord> change) {
    while (change.next()) {
      for (InvocationRecord record : change.getAddedSubList()) {
        if (record.status().ended() && record.queuedAt() >= openedAt) {
          context.state().totals().add(record);
        }
      }
    }
  }

  PanelContext context() {
    return context;
  }

  ProjectSession session() {
    return loaded.session();
  }

  ActionRegistry actions() {
    return context.actions();
  }

  /** How environments are confined here; empty until it has been asked for and found out. */
  ReadOnlyStringProperty sandboxProperty() {
    return sandbox.getReadOnlyProperty();
  }

  /** Has the local Lambda find out how environments are confined here. */
  void describeSandbox() {
    context
        .tasks()
        .run(
            "describe sandbox",
            loaded.session()::sandboxDescription,
            sandbox::set,
            failure -> sandbox.set(Failures.message(failure)));
  }

  /** Runs something when the project is closed. */
  void onClose(Runnable end) {
    subscriptions.onClose(end);
  }

  @Override
  public void close() {
    subscriptions.close();
  }

  /** Applies the events of the local Lambda to the state of the window. */
  private final class Reduced implements EventPump.Target {
    private final WorkbenchState state;
    private final RuntimeEventReducer reducer;

    Reduced(WorkbenchState state) {
      this.state = state;
      reducer =
          new RuntimeEventReducer(state, loaded.session().clock(), loaded.session()::assembler);
    }

    @Override
    public void apply(RuntimeEvent event) {
      state.environments().apply(event);
      reducer.apply(event);
    }

    @Override
    public void skipped(long logLines, long calls) {
      state.logs().skip(logLines);
      state.totals().addNotShown(calls);
    }

    @Override
    public void flush() {
      reducer.flush();
    }
  }
}
