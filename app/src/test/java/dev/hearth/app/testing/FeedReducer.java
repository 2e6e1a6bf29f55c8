package dev.hearth.app.testing;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.runtime.event.RuntimeEvent;
import java.util.function.Consumer;

/** Puts assembled invocations into the feed: all that shell and explorer need to be fed. */
public final class FeedReducer {
  private FeedReducer() {}

  public static Consumer<RuntimeEvent> of(PanelContext context) {
    InvocationAssembler assembler =
        context
            .session()
            .assembler(
                new InvocationAssembler.Listener() {
                  @Override
                  public void onRecord(InvocationRecord record) {
                    context.state().invocations().put(record);
                  }

                  @Override
                  public void onDetail(InvocationDetail detail) {}

                  @Override
                  public void onEnvironment(EnvironmentRecord record) {}
                });
    return assembler::accept;
  }
}
