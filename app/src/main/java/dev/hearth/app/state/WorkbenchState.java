package dev.hearth.app.state;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TestEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * What the window shows and has selected, shared by all panels of one open project. FX thread only.
 * Panels meet here instead of knowing each other.
 */
public final class WorkbenchState {
  private final ObservableList<FunctionDefinition> functions = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable FunctionDefinition> function =
      new SimpleObjectProperty<>();
  private final ObservableList<TestEvent> events = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable TestEvent> event = new SimpleObjectProperty<>();
  private final ObservableList<EditorDocument> documents = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable EditorDocument> document = new SimpleObjectProperty<>();
  private final BooleanProperty trusted = new SimpleBooleanProperty(true);
  private final BooleanProperty readingFiles = new SimpleBooleanProperty();
  private final StringProperty view = new SimpleStringProperty("workbench");
  private final ObservableList<Notice> notices = FXCollections.observableArrayList();
  private final InvocationFeed invocations = new InvocationFeed();
  private final TimelineModel timeline = new TimelineModel();
  private final TimelinePast timelinePast = new TimelinePast();
  private final ObjectProperty<@Nullable TimeRange> timelineRequest = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable InvocationDetail> comparedWith =
      new SimpleObjectProperty<>();
  private final LongProperty pinsRevision = new SimpleLongProperty();
  private final long openedAt = epochNanos(Instant.now());
  private final LogBuffer logs = new LogBuffer();
  private final DoubleProperty codeZoom = new SimpleDoubleProperty(1);
  private final CostTotals sessionCosts = new CostTotals();
  private final CostTotals allCosts = new CostTotals();
  private final LiveEnvironments environments = new LiveEnvironments();
  private final SessionTotals totals = new SessionTotals();
  private final ObjectProperty<@Nullable OpenRequest> openRequest = new SimpleObjectProperty<>();
  private final List<Supplier<CompletableFuture<Void>>> savers = new ArrayList<>();

  /** The project's functions in name order. */
  public ObservableList<FunctionDefinition> functions() {
    return functions;
  }

  /** The function that Invoke runs; null when the project has none. */
  public ObjectProperty<@Nullable FunctionDefinition> functionProperty() {
    return function;
  }

  /** Whether the project's code may run; until then every command that would run it is disabled. */
  public BooleanProperty trustedProperty() {
    return trusted;
  }

  /** Whether there is something to run that may run. */
  public BooleanBinding runnable() {
    return Bindings.isNotNull(function).and(trusted);
  }

  /** The project's test events in name order. */
  public ObservableList<TestEvent> events() {
    return events;
  }

  /** The event that Invoke sends; its text is always the newest, saved or not. */
  public ObjectProperty<@Nullable TestEvent> eventProperty() {
    return event;
  }

  /** Open files, in tab order. */
  public ObservableList<EditorDocument> documents() {
    return documents;
  }

  public ObjectProperty<@Nullable EditorDocument> documentProperty() {
    return document;
  }

  /** Whether the files that were open last time are still being read. */
  public BooleanProperty readingFilesProperty() {
    return readingFiles;
  }

  /** The id of the view chosen in the rail: {@code workbench} or the id of a VIEW panel. */
  public StringProperty viewProperty() {
    return view;
  }

  /** Banners, oldest first. */
  public ObservableList<Notice> notices() {
    return notices;
  }

  public InvocationFeed invocations() {
    return invocations;
  }

  public TimelineModel timeline() {
    return timeline;
  }

  /** What the timeline shows of the stored past. */
  public TimelinePast timelinePast() {
    return timelinePast;
  }

  /** Set by any panel to have a range of time shown; the timeline sets it back to null. */
  public ObjectProperty<@Nullable TimeRange> timelineRequestProperty() {
    return timelineRequest;
  }

  /** The invocation that the selected one is compared with; null for none. */
  public ObjectProperty<@Nullable InvocationDetail> comparedWithProperty() {
    return comparedWith;
  }

  /** Grows when invocations were pinned. */
  public ReadOnlyLongProperty pinsRevisionProperty() {
    return pinsRevision;
  }

  /** To be called when pins came from elsewhere than the panel that lists them. */
  public void pinsChanged() {
    pinsRevision.set(pinsRevision.get() + 1);
  }

  /** When the project was opened in this window: its session; nanoseconds since the epoch. */
  public long openedAt() {
    return openedAt;
  }

  private static long epochNanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  /** The newest log lines of all environments. */
  public LogBuffer logs() {
    return logs;
  }

  /** What the calls since the project was opened were billed. */
  public CostTotals sessionCosts() {
    return sessionCosts;
  }

  /** What all calls that the window knows were billed. */
  public CostTotals allCosts() {
    return allCosts;
  }

  /**
   * Puts stored calls and environments before those that are shown.
   *
   * @param records oldest first
   * @param environments oldest first
   */
  public void showStored(List<InvocationRecord> records, List<EnvironmentRecord> environments) {
    List<InvocationRecord> unknown =
        records.stream().filter(r -> invocations.find(r.requestId()) == null).toList();
    List<InvocationRecord> ended = unknown.stream().filter(r -> r.status().ended()).toList();
    environments.forEach(timeline::putStored);
    ended.forEach(record -> timeline.put(record, record.queuedAt()));
    invocations.prependOlder(unknown);
    allCosts.addAll(ended);
    timeline.publish();
  }

  /** Size of code in relation to the interface's text, the same in all editors; 1 is normal. */
  public DoubleProperty codeZoomProperty() {
    return codeZoom;
  }

  /** Set by any panel to have a file shown; the editor sets it back to null when it takes it. */
  public ObjectProperty<@Nullable OpenRequest> openRequestProperty() {
    return openRequest;
  }

  /**
   * Panels that hold unsaved text register here how to save it, and remove it when they close. A
   * saver's future fails with {@code HearthException} when it could not save.
   */
  public List<Supplier<CompletableFuture<Void>>> savers() {
    return savers;
  }

  /**
   * Saves everything that is unsaved: before an invocation, and before the window closes. The
   * future completes on the FX thread or on the caller's.
   */
  public CompletableFuture<Void> saveAll() {
    return CompletableFuture.allOf(
        List.copyOf(savers).stream().map(Supplier::get).toArray(CompletableFuture[]::new));
  }

  /** The environments that exist right now. */
  public LiveEnvironments environments() {
    return environments;
  }

  /** What has ended since the project was opened. */
  public SessionTotals totals() {
    return totals;
  }
}
