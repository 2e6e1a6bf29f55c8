package dev.hearth.app.ui.event;

import dev.hearth.app.project.TestEvent;
import dev.hearth.app.project.json.JsonProblem;
import dev.hearth.app.project.json.JsonText;
import dev.hearth.app.service.EventService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.Debouncer;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.resources.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The text of the selected test event. What is typed is what Invoke sends at once; it is stored
 * after a second of quiet, when the focus leaves, and before an invocation.
 */
final class EventViewModel {
  private final EventService service;
  private final boolean readOnly;
  private final WorkbenchState state;
  private final TaskRunner tasks;
  private final Texts texts = Texts.of("event");
  private final ReadOnlyObjectWrapper<@Nullable TestEvent> shown = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable JsonProblem> problem =
      new ReadOnlyObjectWrapper<>();
  private final Debouncer quiet = new Debouncer(Duration.ofSeconds(1), this::save);
  private final Supplier<CompletableFuture<Void>> saver = this::save;
  private final Subscription subscription;
  private @Nullable TestEvent stored;
  private boolean typing;

  EventViewModel(PanelContext context) {
    service = context.session().events();
    readOnly = context.session().readOnly();
    state = context.state();
    tasks = context.tasks();
    state.savers().add(saver);
    subscription = state.eventProperty().subscribe(this::selected);
  }

  /** Whether what is typed could not be kept. */
  boolean readOnly() {
    return readOnly;
  }

  /** The event to show; changes only when another one is selected or it was changed elsewhere. */
  ReadOnlyObjectProperty<@Nullable TestEvent> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** What keeps the text from being JSON; null when nothing does. */
  ReadOnlyObjectProperty<@Nullable JsonProblem> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  private void selected(@Nullable TestEvent event) {
    if (typing) {
      return;
    }
    TestEvent before = shown.get();
    boolean same =
        event != null
            && before != null
            && event.id() == before.id()
            && event.json().equals(before.json());
    if (before != null && (event == null || event.id() != before.id())) {
      save();
    }
    if (!same || stored == null) {
      stored = event;
    }
    shown.set(event);
    problem.set(event == null ? null : JsonText.check(event.json()).orElse(null));
  }

  /** Takes what was typed. */
  void edited(String text) {
    TestEvent event = state.eventProperty().get();
    if (event == null || event.json().equals(text)) {
      return;
    }
    put(new TestEvent(event.id(), event.name(), event.kind(), text));
    problem.set(JsonText.check(text).orElse(null));
    quiet.trigger();
  }

  /** Keeps selection and list on the newest text without showing it anew. */
  private void put(TestEvent event) {
    typing = true;
    try {
      List<TestEvent> events = state.events();
      for (int i = 0; i < events.size(); i++) {
        if (events.get(i).id() == event.id()) {
          events.set(i, event);
        }
      }
      state.eventProperty().set(event);
    } finally {
      typing = false;
    }
  }

  /** The text in a readable layout; empty when it is no JSON. */
  Optional<String> formatted(String text) {
    return JsonText.format(text) instanceof JsonText.Result.Formatted(String laidOut)
        ? Optional.of(laidOut)
        : Optional.empty();
  }

  /** Stores the text if it differs from what is stored; done when the future is. */
  CompletableFuture<Void> save() {
    TestEvent event = shownNow();
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (event == null || event.equals(stored)) {
      done.complete(null);
      return done;
    }
    tasks.run(
        "save event",
        () -> service.update(event),
        saved -> {
          stored = event;
          done.complete(null);
        },
        failure -> {
          String text = texts.get("unsaved", Failures.message(failure));
          state.notices().add(new Notice(Notice.Severity.ERROR, text));
          done.complete(null);
        });
    return done;
  }

  /** The newest text of the event that is shown, which may just have lost the selection. */
  private @Nullable TestEvent shownNow() {
    TestEvent event = shown.get();
    if (event == null) {
      return null;
    }
    return state.events().stream().filter(e -> e.id() == event.id()).findFirst().orElse(null);
  }

  List<EventService.EventTemplate> templates() {
    return service.templates();
  }

  /** Makes a new event from a template and selects it. */
  void create(EventService.EventTemplate template) {
    tasks.run(
        "new event",
        () -> {
          TestEvent made = service.create(template.id(), template.kind(), template.json());
          return new Created(made, service.list());
        },
        created -> {
          state.events().setAll(created.all());
          state.eventProperty().set(created.made());
        },
        failure -> state.notices().add(Failures.notice(failure)));
  }

  private record Created(TestEvent made, List<TestEvent> all) {}

  void close() {
    quiet.close();
    state.savers().remove(saver);
    subscription.unsubscribe();
  }
}
