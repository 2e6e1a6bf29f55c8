package dev.hearth.runtime.function;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a function logs: Lambda's advanced logging controls (lifecycle.md section 5.2). Levels exist
 * with the JSON format only.
 *
 * @param format how the platform's and the application's records are written
 * @param applicationLevel records of the application below it are dropped; null with text
 * @param systemLevel records of the platform below it are dropped: DEBUG, INFO or WARN; null with
 *     text
 * @param logGroup null for {@code /aws/lambda/<function>}
 */
public record LoggingConfig(
    Format format,
    @Nullable LogLevel applicationLevel,
    @Nullable LogLevel systemLevel,
    @Nullable String logGroup) {
  /** Text as Lambda has always written it, into the function's own group. */
  public static final LoggingConfig TEXT = new LoggingConfig(Format.TEXT, null, null, null);

  private static final Pattern GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");

  /** The two formats. */
  public enum Format {
    TEXT("Text"),
    JSON("JSON");

    private final String id;

    Format(String id) {
      this.id = id;
    }

    /** The name in Lambda's API and in {@code AWS_LAMBDA_LOG_FORMAT}. */
    public String id() {
      return id;
    }
  }

  /**
   * @throws InvalidFunctionException when levels are given for text, the system level is none of
   *     its three, or the group's name is not allowed
   */
  public LoggingConfig {
    if (format == Format.TEXT && (applicationLevel != null || systemLevel != null)) {
      throw new InvalidFunctionException(
          "loggingConfig", "Log levels need the JSON log format. Use JSON, or leave them out.");
    }
    if (format == Format.JSON) {
      applicationLevel = applicationLevel == null ? LogLevel.INFO : applicationLevel;
      systemLevel = systemLevel == null ? LogLevel.INFO : systemLevel;
    }
    if (systemLevel != null
        && (systemLevel == LogLevel.TRACE || systemLevel.compareTo(LogLevel.WARN) > 0)) {
      throw new InvalidFunctionException(
          "loggingConfig",
          "System log level " + systemLevel + " does not exist. Use DEBUG, INFO or WARN.");
    }
    if (logGroup != null && (!GROUP.matcher(logGroup).matches() || logGroup.startsWith("aws/"))) {
      throw new InvalidFunctionException(
          "loggingConfig",
          "Log group \""
              + logGroup
              + "\" is not allowed. Use 1 to 512 of letters, digits and . - _ / #, not beginning"
              + " with aws/.");
    }
  }

  /** JSON with these levels, into the function's own group; null for a level means INFO. */
  public static LoggingConfig json(@Nullable LogLevel application, @Nullable LogLevel system) {
    return new LoggingConfig(Format.JSON, application, system, null);
  }

  public boolean isJson() {
    return format == Format.JSON;
  }
}
