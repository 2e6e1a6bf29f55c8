package dev.hearth.app.ui.pins;

import dev.hearth.app.project.Pin;
import dev.hearth.app.ui.kit.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the limits of a pin: how it reads and how it is written. */
enum Budget {
  DURATION(Map.of("", 1_000_000.0, "us", 1e3, "\u00b5s", 1e3, "ms", 1e6, "s", 1e9), "200 ms"),
  MEMORY(Map.of("", 1048576.0, "kb", 1024.0, "mb", 1048576.0, "gb", 1073741824.0), "128 MB"),
  COST(Map.of("", 1e12, "$", 1e12), "0.0000012");

  private static final Pattern TEXT = Pattern.compile("\\$?\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(\\S*)");

  private final Map<String, Double> units;
  private final String example;

  Budget(Map<String, Double> units, String example) {
    this.units = units;
    this.example = example;
  }

  /** What to write, for the sentence that says what was wrong. */
  String example() {
    return example;
  }

  /** The limit; 0 for none. */
  long of(Pin pin) {
    return switch (this) {
      case DURATION -> pin.mostNanos();
      case MEMORY -> pin.mostMemoryBytes();
      case COST -> pin.mostCostPicoUsd();
    };
  }

  Pin with(Pin pin, long limit) {
    return new Pin(
        pin.name(),
        pin.functionName(),
        pin.status(),
        pin.event(),
        pin.response(),
        this == DURATION ? limit : pin.mostNanos(),
        this == MEMORY ? limit : pin.mostMemoryBytes(),
        this == COST ? limit : pin.mostCostPicoUsd());
  }

  /** The limit with its unit; a dash for none. */
  String text(Pin pin) {
    long limit = of(pin);
    if (limit == 0) {
      return "\u2013";
    }
    return switch (this) {
      case DURATION -> Units.duration(limit);
      case MEMORY -> Units.bytes(limit);
      case COST -> Units.money(limit);
    };
  }

  /**
   * Reads what a person writes; nothing or a dash takes the limit away.
   *
   * @return 0 for no limit, below 0 when it can't be read
   */
  long parse(String text) {
    String written = text.strip();
    if (written.isEmpty() || written.equals("\u2013") || written.equals("-")) {
      return 0;
    }
    Matcher matcher = TEXT.matcher(written.replace(",", ""));
    if (!matcher.matches()) {
      return -1;
    }
    Double unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return -1;
    }
    BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? -1
        : Math.max(1, value.setScale(0, RoundingMode.HALF_UP).longValue());
  }
}
