package dev.hearth.app.ui.response;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.json.JsonText;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.SdkFetching;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.SdkFetch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the selected invocation, laid out off the FX thread. Answers up to 6 MB are shown
 * in part at first, so that selecting one never blocks the window.
 */
final class ResponseViewModel {
  /** Longer answers are cut until the user asks for all. */
  static final int SHOWN_AT_FIRST = 200_000;

  private static final Pattern STATUS_CODE =
      Pattern.compile("\"statusCode\"\\s*:\\s*\"?(\\d{3})\\b");

  private final ProjectSession session;
  private final WorkbenchState state;
  private final TaskRunner tasks;
  private final SdkFetching sdk;
  private final Texts texts = Texts.of("response");
  private final BooleanProperty raw = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
  private final Subscription subscription;
  private String all = "";
  private boolean whole;
  private int columns = Integer.MAX_VALUE;
  private long ticket;

  /**
   * What is on screen.
   *
   * @param status at the right of the tabs; empty for none
   * @param failed whether the status is a failure
   * @param text laid out, or as it came
   * @param cutFrom length of the whole text when only a part is shown; 0 otherwise
   * @param waiting whether the call has not ended
   * @param missingSdk what the function needs of the AWS SDK and this machine does not have
   */
  record Shown(
      String status,
      boolean failed,
      String text,
      int cutFrom,
      boolean waiting,
      Optional<SdkFetch.Missing> missingSdk) {
    static final Shown NOTHING = new Shown("", false, "", 0, false);

    Shown(String status, boolean failed, String text, int cutFrom, boolean waiting) {
      this(status, failed, text, cutFrom, waiting, Optional.empty());
    }
  }

  ResponseViewModel(PanelContext context) {
    session = context.session();
    state = context.state();
    tasks = context.tasks();
    sdk = new SdkFetching(context);
    subscription =
        Subscription.combine(
            state.invocations().selectedProperty().subscribe(record -> load(record)),
            raw.subscribe(on -> reload()));
  }

  ReadOnlyObjectProperty<Shown> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Lays the answer out for a view of this width, in characters. */
  void setColumns(int wanted) {
    if (wanted != columns) {
      columns = wanted;
      if (!shown.get().equals(Shown.NOTHING)) {
        boolean all = whole;
        reload();
        whole = all;
      }
    }
  }

  BooleanProperty rawProperty() {
    return raw;
  }

  /** The whole answer as it is laid out, for the clipboard. */
  String text() {
    return all;
  }

  void showAll() {
    whole = true;
    Shown now = shown.get();
    shown.set(new Shown(now.status(), now.failed(), all, 0, now.waiting()));
  }

  /**
   * Fetches what the shown call lacked.
   *
   * @param ended called when it is there, or failed
   */
  void fetchSdk(Runnable ended) {
    shown
        .get()
        .missingSdk()
        .ifPresent(missing -> sdk.fetch(missing.family(), packages(missing), ended));
  }

  private static List<String> packages(SdkFetch.Missing missing) {
    return missing.family() == RuntimeFamily.NODEJS ? List.of(missing.name()) : List.of();
  }

  private void reload() {
    load(state.invocations().selectedProperty().get());
  }

  private void load(@Nullable InvocationRecord record) {
    long mine = ++ticket;
    int width = columns;
    whole = false;
    if (record == null) {
      all = "";
      shown.set(Shown.NOTHING);
      return;
    }
    if (!record.status().ended()) {
      all = "";
      shown.set(new Shown(texts.get("running"), false, "", 0, true));
      return;
    }
    boolean asItCame = raw.get();
    tasks.run(
        "load response",
        () -> text(record, asItCame, width),
        text -> {
          if (mine == ticket) {
            show(record, text);
          }
        },
        failure -> state.notices().add(Failures.notice(failure)));
  }

  private String text(InvocationRecord record, boolean asItCame, int width) {
    Optional<InvocationDetail> detail = session.history().detail(record.requestId());
    String text = detail.map(d -> new String(d.response(), StandardCharsets.UTF_8)).orElse("");
    if (asItCame) {
      return text;
    }
    return JsonText.format(text, width) instanceof JsonText.Result.Formatted(String laidOut)
        ? laidOut
        : text;
  }

  private void show(InvocationRecord record, String text) {
    all = text.isEmpty() ? texts.get("nothing") : text;
    boolean cut = !whole && all.length() > SHOWN_AT_FIRST;
    shown.set(
        new Shown(
            status(record, text),
            record.status().failed(),
            cut ? all.substring(0, SHOWN_AT_FIRST) : all,
            cut ? all.length() : 0,
            false,
            record.status().failed() && !cut ? SdkFetch.missing(text) : Optional.empty()));
  }

  private String status(InvocationRecord record, String text) {
    String duration = record.durationNanos() >= 0 ? Units.duration(record.durationNanos()) : "–";
    if (record.status() == InvocationStatus.OK) {
      Matcher http =
          STATUS_CODE.matcher(text.substring(0, Math.min(text.length(), SHOWN_AT_FIRST)));
      return http.find()
          ? texts.get("status.http", http.group(1), duration)
          : texts.get("status.ok", duration);
    }
    String what =
        record.errorType() != null
            ? record.errorType()
            : record.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return texts.get("status.failed", what, duration);
  }

  void close() {
    subscription.unsubscribe();
  }
}
