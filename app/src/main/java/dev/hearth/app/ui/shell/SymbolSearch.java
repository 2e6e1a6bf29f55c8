package dev.hearth.app.ui.shell;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.service.FunctionService;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.code.lex.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols of all functions of the project, read in the background when they are first asked
 * for; of open files those of the text as it stands in the editor. FX thread only.
 */
final class SymbolSearch {
  private static final long LARGEST_FILE = 1 << 20;

  private final PanelContext context;
  private final WorkbenchState state;
  private List<Found> found = List.of();
  private boolean asked;

  /** A symbol and where it stands. */
  record Found(FunctionDefinition function, String path, Symbols.Symbol symbol) {}

  private record Source(long functionId, String path) {}

  SymbolSearch(PanelContext context) {
    this.context = context;
    this.state = context.state();
  }

  /** What is known so far. */
  List<Found> found() {
    return found;
  }

  /** The next search reads the sources anew. */
  void forget() {
    asked = false;
  }

  /**
   * Reads the sources unless that was done since {@link #forget}.
   *
   * @param then runs when there is something new
   */
  void load(Runnable then) {
    if (asked) {
      return;
    }
    asked = true;
    List<FunctionDefinition> functions = List.copyOf(state.functions());
    Map<Source, String> open = new HashMap<>();
    for (EditorDocument document : state.documents()) {
      open.put(new Source(document.functionId(), document.path()), document.text());
    }
    FunctionService service = context.session().functions();
    context
        .tasks()
        .run(
            "find symbols",
            () -> scan(service, functions, open),
            all -> {
              found = all;
              then.run();
            },
            failure -> state.notices().add(Failures.notice(failure)));
  }

  private static List<Found> scan(
      FunctionService service, List<FunctionDefinition> functions, Map<Source, String> open) {
    List<Found> all = new ArrayList<>();
    for (FunctionDefinition function : functions) {
      for (SourceFile file : service.files(function.id())) {
        if (file.text() && file.size() <= LARGEST_FILE) {
          String edited = open.get(new Source(function.id(), file.path()));
          String text = edited == null ? service.read(function.id(), file.path()) : edited;
          for (Symbols.Symbol symbol : Symbols.of(Language.of(file.path(), text), text)) {
            all.add(new Found(function, file.path(), symbol));
          }
        }
      }
    }
    return all;
  }
}
