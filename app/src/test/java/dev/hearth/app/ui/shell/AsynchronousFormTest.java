package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.InvokeSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import org.junit.jupiter.api.Test;

class AsynchronousFormTest extends FxTest {
  private static final InvokeSettings SET =
      InvokeSettings.NONE
          .withReservedConcurrency(5)
          .withProvisionedConcurrency("live", 2)
          .withDeadLetterConfig("arn:aws:sqs:us-east-1:000000000000:dead")
          .withEventInvokeConfig("live", EventInvokeConfig.DEFAULT)
          .withEventInvokeConfig(
              "$LATEST", new EventInvokeConfig(1, 120, null, null, Instant.EPOCH));

  private static AsynchronousForm form(InvokeSettings settings) {
    return fxGet(() -> new AsynchronousForm(settings, Texts.of("dialogs")));
  }

  private static TextField field(AsynchronousForm form, String label) {
    Node content = ((TitledPane) form.node()).getContent();
    return all((Parent) content).stream()
        .filter(field -> label.equals(field.getAccessibleText()))
        .findFirst()
        .orElseThrow();
  }

  private static List<TextField> all(Parent parent) {
    return parent.getChildrenUnmodifiable().stream()
        .<TextField>mapMulti(
            (child, found) -> {
              if (child instanceof TextField field) {
                found.accept(field);
              } else if (child instanceof Parent inner) {
                all(inner).forEach(found);
              }
            })
        .toList();
  }

  @Test
  void keepsWhatIsSetAndWhatItDoesNotShow() {
    AsynchronousForm form = form(SET);
    InvokeSettings read = fxGet(form::read).orElseThrow().apply(SET);
    assertThat(read.reservedConcurrency()).isEqualTo(5);
    assertThat(read.provisionedConcurrency()).containsEntry("live", 2);
    assertThat(read.deadLetterConfig()).isEqualTo(SET.deadLetterConfig());
    assertThat(read.eventInvokeConfigs()).containsKeys("live", "$LATEST");
    assertThat(read.eventInvokeConfig(null).maximumEventAgeInSeconds()).isEqualTo(120);
  }

  @Test
  void readsEnvironmentsByAliasAndVersion() {
    AsynchronousForm form = form(SET);
    assertThat(field(form, "Provisioned concurrency").getText()).isEqualTo("live=2");
    fx(() -> field(form, "Provisioned concurrency").setText("3 = 1, blue=10"));
    assertThat(fxGet(form::read).orElseThrow().apply(SET).provisionedConcurrency())
        .containsOnly(Map.entry("3", 1), Map.entry("blue", 10));
    fx(() -> field(form, "Provisioned concurrency").setText("two"));
    assertThat(fxGet(form::read)).isEmpty();
    assertThat(field(form, "Provisioned concurrency").getAccessibleHelp()).contains("\"two\"");
  }

  @Test
  void emptyFieldsLeaveTheDefaults() {
    InvokeSettings read =
        fxGet(form(InvokeSettings.NONE)::read).orElseThrow().apply(InvokeSettings.NONE);
    assertThat(read).isEqualTo(InvokeSettings.NONE);
  }

  @Test
  void marksWhatIsRefused() {
    AsynchronousForm form = form(InvokeSettings.NONE);
    fx(() -> field(form, "Retry attempts").setText("3"));
    Optional<UnaryOperator<InvokeSettings>> read = fxGet(form::read);
    assertThat(read).isEmpty();
    fx(() -> field(form, "Retry attempts").setText(""));
    fx(() -> field(form, "Dead-letter queue or topic").setText("my-queue"));
    assertThat(fxGet(form::read)).isEmpty();
    assertThat(field(form, "Dead-letter queue or topic").getAccessibleHelp())
        .contains("\"my-queue\" is no target");
  }
}
