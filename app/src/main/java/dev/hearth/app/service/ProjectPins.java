package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.Pin;
import dev.hearth.app.project.PinResult;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.store.PinStore;
import dev.hearth.runtime.cost.PriceList;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Measurements;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The pins in the project file, run on the local Lambda. */
final class ProjectPins implements PinService {
  private static final int SHOWN_CHARACTERS = 200;

  private final PinStore store;
  private final ProjectSession session;

  ProjectPins(PinStore store, ProjectSession session) {
    this.store = store;
    this.session = session;
  }

  @Override
  public List<Pin> list() {
    return Trouble.translated(store::list);
  }

  @Override
  public Pin pin(String requestId, String name) {
    InvocationDetail detail =
        session
            .history()
            .detail(requestId)
            .orElseThrow(
                () -> Trouble.input("There is no invocation %s in the history.", requestId));
    if (!detail.record().status().ended()) {
      throw Trouble.input("Invocation %s still runs. Pin it when it has ended.", requestId);
    }
    Pin pin = Pin.of(name, detail);
    put(pin);
    return pin;
  }

  @Override
  public void put(Pin pin) {
    Trouble.translated(() -> store.put(pin));
  }

  @Override
  public void delete(String name) {
    if (!Trouble.<Boolean>translated(() -> store.delete(name))) {
      throw Trouble.input("There is no pin \"%s\".", name);
    }
  }

  @Override
  public PinResult run(Pin pin) {
    try {
      FunctionDefinition function = session.functions().get(pin.functionName());
      InvokeResult first = invoke(function, pin);
      // The budget was taken from one call; a first call in a new environment is slower than
      // others.
      boolean again = first.coldStart() && !within(pin, first).isEmpty();
      InvokeResult last = again ? invoke(function, pin) : first;
      List<String> failures = new ArrayList<>(answer(pin, last));
      failures.addAll(within(pin, last));
      Measurements measured = last.measurements();
      return new PinResult(
          pin,
          last.requestId(),
          measured == null ? Measurements.UNMEASURED : measured.durationNanos(),
          List.copyOf(failures));
    } catch (HearthException e) {
      return new PinResult(
          pin, "", Measurements.UNMEASURED, List.of(String.valueOf(e.getMessage())));
    }
  }

  private InvokeResult invoke(FunctionDefinition function, Pin pin) {
    String event = new String(pin.event(), StandardCharsets.UTF_8);
    try {
      return session.invocations().invoke(function.id(), event).result().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof HearthException known ? known : e;
    }
  }

  private static List<String> answer(Pin pin, InvokeResult result) {
    InvocationStatus status = InvocationStatus.of(result.outcome());
    byte[] response = result.outcome().body();
    if (status != pin.status()) {
      return List.of(
          "ended with %s instead of %s: %s"
              .formatted(
                  HistoryQuery.statusWord(status),
                  HistoryQuery.statusWord(pin.status()),
                  shown(response)));
    }
    return same(pin.response(), response)
        ? List.of()
        : List.of("answered %s instead of %s".formatted(shown(response), shown(pin.response())));
  }

  private static String shown(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, SHOWN_CHARACTERS) + "\u2026";
  }

  /** As JSON when both are, else byte by byte. */
  static boolean same(byte[] expected, byte[] found) {
    if (Arrays.equals(expected, found)) {
      return true;
    }
    JsonNode wanted = json(expected);
    return wanted != null && wanted.equals(json(found));
  }

  private static @Nullable JsonNode json(byte[] bytes) {
    try {
      return new ObjectMapper().readTree(bytes);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static List<String> within(Pin pin, InvokeResult result) {
    Measurements measured = result.measurements();
    List<String> failures = new ArrayList<>();
    if (measured == null) {
      return failures;
    }
    if (pin.mostNanos() > 0 && measured.durationNanos() > pin.mostNanos()) {
      failures.add(
          "took %s, budget %s".formatted(ms(measured.durationNanos()), ms(pin.mostNanos())));
    }
    if (pin.mostMemoryBytes() > 0 && measured.peakMemoryBytes() > pin.mostMemoryBytes()) {
      failures.add(
          "used %s, budget %s"
              .formatted(mb(measured.peakMemoryBytes()), mb(pin.mostMemoryBytes())));
    }
    long cost = cost(result, measured);
    if (pin.mostCostPicoUsd() > 0 && cost > pin.mostCostPicoUsd()) {
      failures.add(
          String.format(
              Locale.ROOT,
              "cost $%.12f, budget $%.12f",
              cost / 1e12,
              pin.mostCostPicoUsd() / 1e12));
    }
    return failures;
  }

  private static long cost(InvokeResult result, Measurements measured) {
    return result.function() == null
        ? 0
        : PriceList.current()
            .invocationCostPicoUsd(
                result.function().configuration(), measured.billedMillis(), result.provisioned());
  }

  private static String ms(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static String mb(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20) + " MB";
  }
}
