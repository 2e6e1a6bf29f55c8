package dev.hearth.app.ui.versions;

import dev.hearth.app.project.FunctionAlias;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.service.VersionService;
import dev.hearth.app.service.VersionService.Overview;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The versions of the selected function and what can be done with them. FX thread only. */
final class VersionsViewModel implements AutoCloseable {
  static final String LATEST = "$LATEST";
  private static final double PERCENT = 100;

  private final PanelContext context;
  private final VersionService service;
  private final Texts texts;
  private final Subscriptions subscriptions = new Subscriptions();
  private final ObservableList<PublishedVersion> versions = FXCollections.observableArrayList();
  private final ObservableList<FunctionAlias> aliases = FXCollections.observableArrayList();
  private final ObservableList<DiffLine> diff = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable PublishedVersion> selected = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable PublishedVersion> base = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable FunctionAlias> alias = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper url = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");

  VersionsViewModel(PanelContext context, Texts texts) {
    this.context = context;
    this.service = context.session().versions();
    this.texts = texts;
    subscriptions.now(context.state().functionProperty(), this::refresh);
    var changes = context.session().functions().onChange(() -> context.tasks().onFx(this::refresh));
    subscriptions.onClose(changes::close);
    subscriptions.later(selected, this::compare);
    subscriptions.later(base, this::compare);
  }

  /** $LATEST first, then the newest. */
  ObservableList<PublishedVersion> versions() {
    return versions;
  }

  ObservableList<FunctionAlias> aliases() {
    return aliases;
  }

  /** What distinguishes the selected version from the one it is compared with. */
  ObservableList<DiffLine> diff() {
    return diff;
  }

  ObjectProperty<@Nullable PublishedVersion> selectedProperty() {
    return selected;
  }

  ObjectProperty<@Nullable PublishedVersion> baseProperty() {
    return base;
  }

  ObjectProperty<@Nullable FunctionAlias> aliasProperty() {
    return alias;
  }

  /** The function's address; empty when it has none. */
  ReadOnlyStringProperty urlProperty() {
    return url.getReadOnlyProperty();
  }

  /** Why the versions can't be shown; empty when they can. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** What the comparison found, in a sentence. */
  ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  Optional<String> function() {
    return Optional.ofNullable(context.state().functionProperty().get())
        .map(FunctionDefinition::name);
  }

  void refresh() {
    Optional<String> function = function();
    if (function.isEmpty()) {
      versions.clear();
      aliases.clear();
      url.set("");
      return;
    }
    String name = function.get();
    run("read versions", () -> {}, name);
  }

  /** Changes something in the background, then shows what there is. */
  private void run(String what, Runnable change, String name) {
    context
        .tasks()
        .run(
            what,
            () -> {
              change.run();
              return service.overview(name);
            },
            overview -> show(name, overview),
            failure -> {
              if (versions.isEmpty()) {
                problem.set(Failures.message(failure));
              } else {
                context.state().notices().add(Failures.notice(failure));
              }
            });
  }

  private void change(String what, Consumer<String> change) {
    function().ifPresent(name -> run(what, () -> change.accept(name), name));
  }

  private void show(String name, Overview overview) {
    if (!name.equals(function().orElse(""))) {
      return;
    }
    problem.set("");
    String chosen = selected.get() == null ? LATEST : selected.get().number();
    String other = base.get() == null ? "" : base.get().number();
    List<PublishedVersion> all = new ArrayList<>();
    all.add(overview.latest());
    all.addAll(overview.published());
    versions.setAll(all);
    aliases.setAll(overview.aliases());
    FunctionAlias before = alias.get();
    alias.set(
        aliases.stream()
            .filter(each -> before != null && each.name().equals(before.name()))
            .findFirst()
            .orElse(aliases.isEmpty() ? null : aliases.getFirst()));
    url.set(Objects.requireNonNullElse(overview.url(), ""));
    selected.set(find(chosen).orElse(overview.latest()));
    base.set(
        find(other)
            .orElse(overview.published().isEmpty() ? null : overview.published().getFirst()));
    compare();
  }

  private Optional<PublishedVersion> find(String number) {
    return versions.stream().filter(each -> each.number().equals(number)).findFirst();
  }

  private void compare() {
    PublishedVersion now = selected.get();
    PublishedVersion old = base.get();
    Optional<String> name = function();
    if (now == null || old == null || name.isEmpty() || now.number().equals(old.number())) {
      diff.clear();
      summary.set(texts.get("diff.choose"));
      return;
    }
    context
        .tasks()
        .run(
            "compare versions",
            () ->
                VersionDiff.of(
                    texts,
                    old,
                    service.files(name.get(), old.number()),
                    now,
                    service.files(name.get(), now.number())),
            lines -> {
              if (now == selected.get() && old == base.get()) {
                diff.setAll(lines);
                summary.set(
                    texts.get(
                        lines.isEmpty() ? "diff.same" : "diff.title", old.number(), now.number()));
              }
            },
            failure -> context.state().notices().add(Failures.notice(failure)));
  }

  void publish(String description) {
    change("publish a version", name -> service.publish(name, description));
  }

  void delete(PublishedVersion version) {
    change("delete a version", name -> service.delete(name, version.number()));
  }

  /** Makes an alias, or moves it, with all calls going to one version. */
  void point(String aliasName, String version) {
    change("move an alias", name -> service.putAlias(name, aliasName, version, Map.of()));
  }

  /**
   * Sends a share of an alias's calls to another version.
   *
   * @param share 0 to 100 percent
   */
  void split(FunctionAlias of, String other, double share) {
    Map<String, Double> weights = share == 0 ? Map.of() : Map.of(other, share / PERCENT);
    change("set weights", name -> service.putAlias(name, of.name(), of.version(), weights));
  }

  void deleteAlias(FunctionAlias gone) {
    change("delete an alias", name -> service.deleteAlias(name, gone.name()));
  }

  /** Whether the chosen alias points to another version than the chosen one. */
  boolean isElsewhere() {
    FunctionAlias of = alias.get();
    PublishedVersion to = selected.get();
    return of != null && to != null && !of.version().equals(to.number());
  }

  /** Whether calls of the chosen alias can be shared with the chosen version: never $LATEST's. */
  boolean canShare() {
    FunctionAlias of = alias.get();
    PublishedVersion with = selected.get();
    return isElsewhere()
        && !Objects.requireNonNull(of).version().equals(LATEST)
        && !Objects.requireNonNull(with).number().equals(LATEST);
  }

  /** The version that an alias goes back to: the newest one older than what it points to. */
  Optional<PublishedVersion> previous(@Nullable FunctionAlias of) {
    if (of == null) {
      return Optional.empty();
    }
    boolean latest = of.version().equals(LATEST);
    long now = latest ? Long.MAX_VALUE : Long.parseLong(of.version());
    return versions.stream()
        .filter(each -> !each.number().equals(LATEST) && Long.parseLong(each.number()) < now)
        .findFirst();
  }

  /** Points the chosen alias to the version before; does nothing when there is none. */
  void rollBack() {
    FunctionAlias chosen = alias.get();
    previous(chosen)
        .ifPresent(version -> point(Objects.requireNonNull(chosen).name(), version.number()));
  }

  void createUrl() {
    change("make a function URL", service::createUrl);
  }

  void deleteUrl() {
    change("remove the function URL", service::deleteUrl);
  }

  /** The aliases that send calls to a version, with their share where it is not all. */
  String aliasesOf(PublishedVersion version) {
    List<String> names = new ArrayList<>();
    for (FunctionAlias each : aliases) {
      double elsewhere = each.weights().values().stream().mapToDouble(Double::doubleValue).sum();
      Double extra = each.weights().get(version.number());
      if (extra != null) {
        names.add(each.name() + " " + percent(extra));
      } else if (each.version().equals(version.number())) {
        names.add(elsewhere == 0 ? each.name() : each.name() + " " + percent(1 - elsewhere));
      }
    }
    return String.join(", ", names);
  }

  private static String percent(double share) {
    return Math.round(share * PERCENT) + " %";
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
