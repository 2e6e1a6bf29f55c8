package dev.hearth.app.ui.shell;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * What the search box finds: functions, test events, files, commands after {@code >}, past symbols
 * of the code after {@code @}, invocations after {@code #}. What was chosen lately comes first. FX
 * thread only.
 */
final class PaletteModel {
  private static final int MOST = 100;
  private static final int RECENT_BONUS = 30;
  private static final int REMEMBERED = 20;
  private static final int INVOCATIONS_LOOKED_AT = 20_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final PanelContext context;
  private final WorkbenchState state;
  private final Texts texts;
  private final ObservableList<Item> results = FXCollections.observableArrayList();
  private final Map<String, Item> recent = new LinkedHashMap<>();
  private final SymbolSearch symbols;
  private List<Item> files = List.of();
  private Mode mode = Mode.EVERYTHING;
  private String query = "";

  /** What is searched when the text has no prefix. */
  enum Mode {
    EVERYTHING,
    FILES
  }

  /**
   * One thing that can be found.
   *
   * @param id stable, to remember what was chosen
   * @param detail shown after the title in a weaker colour
   * @param key the action's key; empty for none
   */
  record Item(String id, String title, String detail, String icon, String key, Runnable run) {}

  PaletteModel(PanelContext context, Texts texts) {
    this.context = context;
    this.state = context.state();
    this.texts = texts;
    symbols = new SymbolSearch(context);
  }

  /** Best first. */
  ObservableList<Item> results() {
    return results;
  }

  /** Starts anew: files are listed in the background and appear when they are known. */
  void open(Mode newMode) {
    mode = newMode;
    symbols.forget();
    search("");
    List<FunctionDefinition> functions = List.copyOf(state.functions());
    ProjectSession session = context.session();
    context
        .tasks()
        .run(
            "list files for search",
            () -> listFiles(session, functions),
            found -> {
              files = found;
              search(query);
            },
            failure -> state.notices().add(Failures.notice(failure)));
  }

  private List<Item> listFiles(ProjectSession session, List<FunctionDefinition> functions) {
    List<Item> found = new ArrayList<>();
    for (FunctionDefinition function : functions) {
      for (SourceFile file : session.functions().files(function.id())) {
        if (file.text()) {
          found.add(fileItem(function, file));
        }
      }
    }
    return found;
  }

  private Item symbolItem(SymbolSearch.Found found) {
    Symbols.Symbol symbol = found.symbol();
    return new Item(
        "symbol:" + found.function().id() + ":" + found.path() + ":" + symbol.line(),
        symbol.name(),
        texts.get("palette.symbol", symbol.kind(), found.function().name(), found.path()),
        "at-sign",
        "",
        () -> open(found.function(), found.path(), symbol.line()));
  }

  private void open(FunctionDefinition function, String path, int line) {
    selectFunction(function);
    state.viewProperty().set(ActivityRail.WORKBENCH);
    state.openRequestProperty().set(new OpenRequest(function.id(), path, line));
  }

  private Item fileItem(FunctionDefinition function, SourceFile file) {
    return new Item(
        "file:" + function.id() + ":" + file.path(),
        file.path(),
        function.name(),
        "file",
        "",
        () -> open(function, file.path(), 0));
  }

  /** Finds what fits a text, prefix included. */
  void search(String text) {
    query = text;
    if (text.startsWith(">")) {
      show(text.substring(1), commands());
    } else if (text.startsWith("#")) {
      show(text.substring(1), invocations());
    } else if (text.startsWith("@")) {
      symbols.load(() -> search(query));
      show(text.substring(1), symbols.found().stream().map(this::symbolItem));
    } else if (mode == Mode.FILES) {
      show(text, files.stream());
    } else {
      show(text, Stream.of(functions(), events(), files.stream(), commands()).flatMap(all -> all));
    }
  }

  private void show(String wanted, Stream<Item> candidates) {
    record Scored(Item item, int score) {}
    List<String> lately = new ArrayList<>(recent.keySet());
    results.setAll(
        candidates
            .flatMap(
                item ->
                    score(wanted, item).stream()
                        .map(
                            score ->
                                new Scored(
                                    item,
                                    lately.contains(item.id())
                                        ? score + RECENT_BONUS + lately.indexOf(item.id())
                                        : score)))
            .sorted(Comparator.comparingInt((Scored s) -> s.score()).reversed())
            .limit(MOST)
            .map(Scored::item)
            .toList());
  }

  /** The title counts fully, the detail behind it little. */
  private static Optional<Integer> score(String wanted, Item item) {
    Optional<FuzzyMatch> title = FuzzyMatch.of(wanted, item.title());
    if (title.isPresent()) {
      return Optional.of(title.get().score() + 10);
    }
    return FuzzyMatch.of(wanted, item.title() + " " + item.detail()).map(FuzzyMatch::score);
  }

  /** Runs an item and remembers it. */
  void run(Item item) {
    recent.remove(item.id());
    recent.put(item.id(), item);
    if (recent.size() > REMEMBERED) {
      recent.remove(recent.keySet().iterator().next());
    }
    item.run().run();
  }

  private void selectFunction(FunctionDefinition wanted) {
    state.functions().stream()
        .filter(f -> f.id() == wanted.id())
        .findFirst()
        .ifPresent(state.functionProperty()::set);
  }

  private Stream<Item> functions() {
    return state.functions().stream()
        .map(
            f ->
                new Item(
                    "function:" + f.id(),
                    f.name(),
                    texts.get("palette.function", f.configuration().runtime().id()),
                    "box",
                    "",
                    () -> selectFunction(f)));
  }

  private Stream<Item> events() {
    return state.events().stream()
        .map(
            e ->
                new Item(
                    "event:" + e.id(),
                    e.name(),
                    texts.get("palette.event", e.kind()).strip(),
                    "mail",
                    "",
                    () -> selectEvent(e)));
  }

  private void selectEvent(TestEvent wanted) {
    state.events().stream()
        .filter(e -> e.id() == wanted.id())
        .findFirst()
        .ifPresent(state.eventProperty()::set);
  }

  private Stream<Item> commands() {
    return context.actions().all().stream()
        .filter(action -> action.enabled().get() && !action.id().equals("search"))
        .map(this::commandItem);
  }

  private Item commandItem(Action action) {
    return new Item(
        "action:" + action.id(),
        action.text(),
        texts.get("palette.command"),
        action.icon().isEmpty() ? "terminal" : action.icon(),
        action.key(),
        action::fire);
  }

  private Stream<Item> invocations() {
    return state.invocations().rows().reversed().stream()
        .limit(INVOCATIONS_LOOKED_AT)
        .map(this::invocationItem);
  }

  private Item invocationItem(InvocationRecord record) {
    Instant at = Instant.ofEpochSecond(0, record.queuedAt());
    String duration =
        record.durationNanos() < 0 ? "" : " · " + Units.duration(record.durationNanos());
    String outcome =
        record.errorType() == null
            ? texts.get("status." + record.status().name())
            : record.errorType();
    return new Item(
        "invocation:" + record.requestId(),
        TIME.format(at) + "  " + record.functionName(),
        outcome + duration + " · " + record.requestId(),
        "activity",
        "",
        () -> state.invocations().selectedProperty().set(record));
  }
}
