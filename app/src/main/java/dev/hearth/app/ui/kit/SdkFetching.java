package dev.hearth.app.ui.kit;

import dev.hearth.app.state.Notice;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.RuntimeFamily;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fetches the AWS SDK in the background, once at a time, and says in a notice how it went. */
public final class SdkFetching {
  private final PanelContext context;
  private final Texts texts = Texts.of("sdk");
  private final AtomicBoolean running = new AtomicBoolean();

  public SdkFetching(PanelContext context) {
    this.context = context;
  }

  /**
   * Starts a fetch; does nothing while one runs.
   *
   * @param packages names of npm; empty for the usual ones
   * @param ended called on the FX thread, also after a failure
   */
  public void fetch(RuntimeFamily family, List<String> packages, Runnable ended) {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    context
        .tasks()
        .run(
            "fetch the AWS SDK",
            () -> context.session().fetchSdk(family, packages),
            folder ->
                end(
                    new Notice(
                        Notice.Severity.INFO,
                        texts.get("fetched", family.displayName(), folder.toString())),
                    ended),
            failure -> end(Failures.notice(failure), ended));
  }

  private void end(Notice notice, Runnable ended) {
    running.set(false);
    context.state().notices().add(notice);
    ended.run();
  }
}
