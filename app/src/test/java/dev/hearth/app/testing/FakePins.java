package dev.hearth.app.testing;

import dev.hearth.app.project.Pin;
import dev.hearth.app.project.PinResult;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.PinService;
import java.util.ArrayList;
import java.util.List;

/** Pins in memory; {@link #failing} says which of them fail. */
public final class FakePins implements PinService {
  private final FakeHistory history;
  private final List<Pin> pins = new ArrayList<>();
  private final List<String> failing = new ArrayList<>();

  FakePins(FakeHistory history) {
    this.history = history;
  }

  /** Lets a pin fail. */
  public void failing(String name) {
    failing.add(name);
  }

  @Override
  public List<Pin> list() {
    return List.copyOf(pins);
  }

  @Override
  public Pin pin(String requestId, String name) {
    Pin pin =
        Pin.of(
            name,
            history
                .detail(requestId)
                .orElseThrow(
                    () -> new HearthException(HearthException.Kind.INPUT, "no " + requestId)));
    put(pin);
    return pin;
  }

  @Override
  public void put(Pin pin) {
    pins.removeIf(other -> other.name().equals(pin.name()));
    pins.add(pin);
  }

  @Override
  public void delete(String name) {
    pins.removeIf(pin -> pin.name().equals(name));
  }

  @Override
  public PinResult run(Pin pin) {
    boolean fails = failing.contains(pin.name());
    return new PinResult(
        pin, "r", 1_500_000, fails ? List.of("took 9 ms, budget <2> ms") : List.of());
  }
}
