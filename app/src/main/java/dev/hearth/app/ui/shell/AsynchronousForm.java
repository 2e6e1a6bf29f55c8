package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.FormField;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.TargetArn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The part of a function's configuration that says how much of it may run and what becomes of its
 * asynchronous invocations. Empty fields leave Lambda's defaults.
 */
final class AsynchronousForm {
  private static final Pattern PROVISIONED =
      Pattern.compile("([$a-zA-Z0-9-_]+)\\s*=\\s*([1-9]\\d{0,3})");

  private final Texts texts;
  private final Map<String, FormField> fields = new LinkedHashMap<>();
  private final TextField reserved = new TextField();
  private final TextField provisioned = new TextField();
  private final TextField attempts = new TextField();
  private final TextField age = new TextField();
  private final TextField onSuccess = new TextField();
  private final TextField onFailure = new TextField();
  private final TextField deadLetter = new TextField();
  private final TitledPane node;

  AsynchronousForm(InvokeSettings initial, Texts texts) {
    this.texts = texts;
    EventInvokeConfig config = initial.eventInvokeConfig(null);
    reserved.setText(text(initial.reservedConcurrency()));
    provisioned.setText(
        new TreeMap<>(initial.provisionedConcurrency())
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ")));
    provisioned.setPromptText(texts.get("async.provisioned.prompt"));
    attempts.setText(text(config.maximumRetryAttempts()));
    age.setText(text(config.maximumEventAgeInSeconds()));
    onSuccess.setText(text(config.onSuccess()));
    onFailure.setText(text(config.onFailure()));
    deadLetter.setText(text(initial.deadLetterConfig()));
    reserved.setPromptText(texts.get("async.reserved.none"));
    attempts.setPromptText(String.valueOf(EventInvokeConfig.DEFAULT_RETRY_ATTEMPTS));
    age.setPromptText(String.valueOf(EventInvokeConfig.DEFAULT_EVENT_AGE_SECONDS));
    for (TextField target : new TextField[] {onSuccess, onFailure, deadLetter}) {
      target.setPromptText(texts.get("async.target.prompt"));
    }
    VBox form =
        new VBox(
            FormField.row(
                field("reservedConcurrentExecutions", "async.reserved", reserved),
                field("provisionedConcurrentExecutions", "async.provisioned", provisioned)),
            FormField.row(
                field("maximumRetryAttempts", "async.attempts", attempts),
                field("maximumEventAgeInSeconds", "async.age", age)),
            field("onSuccess", "async.on.success", onSuccess),
            field("onFailure", "async.on.failure", onFailure),
            field("deadLetterConfig", "async.dead.letter", deadLetter));
    form.getStyleClass().add("form");
    node = new TitledPane(texts.get("async.title"), form);
    node.setExpanded(!initial.equals(InvokeSettings.NONE));
    node.setAnimated(false);
  }

  /** Whether it is unfolded, which takes room. */
  ReadOnlyBooleanProperty unfolded() {
    return node.expandedProperty();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private FormField field(String id, String textKey, TextField input) {
    FormField field = new FormField(texts.get(textKey), input);
    fields.put(id, field);
    return field;
  }

  Node node() {
    return node;
  }

  /** Marks a field as wrong; false when the form has no such field. */
  boolean mark(String field, String message) {
    FormField wanted = fields.get(field);
    if (wanted == null) {
      return false;
    }
    node.setExpanded(true);
    wanted.setError(message);
    wanted.focusInput();
    return true;
  }

  /** The change as typed; empty when a value is refused, which is then marked. */
  Optional<UnaryOperator<InvokeSettings>> read() {
    fields.values().forEach(field -> field.setError(""));
    try {
      Integer limit = number("reservedConcurrentExecutions", reserved);
      EventInvokeConfig config =
          new EventInvokeConfig(
              number("maximumRetryAttempts", attempts),
              number("maximumEventAgeInSeconds", age),
              target("onSuccess", onSuccess),
              target("onFailure", onFailure),
              Instant.now());
      String letters = target("deadLetterConfig", deadLetter);
      Map<String, Integer> ahead = provisioned();
      return Optional.of(
          settings ->
              withProvisioned(settings, ahead)
                  .withReservedConcurrency(limit)
                  .withDeadLetterConfig(letters)
                  .withEventInvokeConfig(DeployedFunction.LATEST, isEmpty(config) ? null : config));
    } catch (InvalidFunctionException e) {
      mark(e.field(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean isEmpty(EventInvokeConfig config) {
    return config.maximumRetryAttempts() == null
        && config.maximumEventAgeInSeconds() == null
        && config.onSuccess() == null
        && config.onFailure() == null;
  }

  private static InvokeSettings withProvisioned(
      InvokeSettings settings, Map<String, Integer> ahead) {
    InvokeSettings changed = settings;
    for (String qualifier : settings.provisionedConcurrency().keySet()) {
      changed = changed.withProvisionedConcurrency(qualifier, 0);
    }
    for (var one : ahead.entrySet()) {
      changed = changed.withProvisionedConcurrency(one.getKey(), one.getValue());
    }
    return changed;
  }

  /** {@code live=2, 3=1}: environments by alias or version. */
  private Map<String, Integer> provisioned() {
    Map<String, Integer> ahead = new LinkedHashMap<>();
    for (String part : provisioned.getText().strip().split("\\s*,\\s*", -1)) {
      Matcher matcher = PROVISIONED.matcher(part);
      if (matcher.matches()) {
        ahead.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
      } else if (!part.isEmpty()) {
        throw new InvalidFunctionException(
            "provisionedConcurrentExecutions", texts.get("async.provisioned.wrong", part));
      }
    }
    return ahead;
  }

  private @Nullable Integer number(String field, TextField input) {
    String typed = input.getText().strip();
    try {
      return typed.isEmpty() ? null : Integer.valueOf(typed);
    } catch (NumberFormatException e) {
      throw new InvalidFunctionException(field, texts.get("async.not.a.number"));
    }
  }

  private static @Nullable String target(String field, TextField input) {
    String typed = input.getText().strip();
    return typed.isEmpty() ? null : TargetArn.parse(field, typed).arn();
  }
}
