package dev.hearth.app.service;

import java.time.Duration;
import java.util.List;

/**
 * After how much time without a call an environment ends: the user's choice, read when a project is
 * opened. Lambda gives no number for it (lifecycle.md section 1); ten minutes is what is often
 * seen.
 */
public final class IdleTimeout {
  public static final Duration DEFAULT = Duration.ofMinutes(10);

  /** What the settings offer. */
  public static final List<Duration> CHOICES =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          DEFAULT,
          Duration.ofMinutes(30),
          Duration.ofHours(2));

  private static final String KEY = "environments.idleSeconds";
  private static final long LEAST = 1;
  private static final long MOST = Duration.ofDays(1).toSeconds();

  private IdleTimeout() {}

  /** The choice in force; the default where the stored text is no number of seconds up to a day. */
  public static Duration read(SettingsService settings) {
    try {
      long seconds = Long.parseLong(settings.get(KEY).orElse(""));
      return seconds < LEAST || seconds > MOST ? DEFAULT : Duration.ofSeconds(seconds);
    } catch (NumberFormatException e) {
      return DEFAULT;
    }
  }

  /** Remembers a choice for the projects that are opened from now on. */
  public static void write(SettingsService settings, Duration timeout) {
    settings.put(KEY, String.valueOf(timeout.toSeconds()));
  }
}
