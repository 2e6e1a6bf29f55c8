package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.DeployedFunction;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the identifiers that Lambda makes, in its forms. */
public final class Identifiers {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd");
  private static final HexFormat HEX = HexFormat.of();

  private Identifiers() {}

  /**
   * A random UUID (version 4). It has to be unique, not a secret, so that it need not cost what the
   * secure generator costs: a call takes two of them.
   */
  public static String uuid() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & ~(0xC000L << 48) | 0x8000L << 48;
    return new UUID(high, low).toString();
  }

  /** 32 hexadecimal digits, the last part of the log stream's name. */
  static String environmentId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** {@code 2026/03/01/[$LATEST]0123...} (lifecycle.md section 5). */
  static String logStream(DeployedFunction function, String environmentId) {
    return DAY.format(ZonedDateTime.now(ZoneOffset.UTC))
        + "/["
        + function.version()
        + "]"
        + environmentId;
  }

  /**
   * A trace header for a call that came without one. Sampled, unlike on Lambda without active
   * tracing (lifecycle.md section 7): SDKs send spans of a sampled call only, and whoever looks at
   * a local call wants them.
   */
  public static String traceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int seconds = (int) (System.currentTimeMillis() / 1000);
    return "Root=1-"
        + HEX.toHexDigits(seconds)
        + "-"
        + HEX.toHexDigits(random.nextLong())
        + HEX.toHexDigits(random.nextInt())
        + ";Parent="
        + HEX.toHexDigits(random.nextLong())
        + ";Sampled=1";
  }
}
