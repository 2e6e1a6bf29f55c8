package dev.hearth.runtime.function;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where records of asynchronous invocations are sent (events-and-failure.md section 1.2).
 *
 * @param arn as it was written
 * @param service what kind of target it names
 * @param name the queue, topic, bus, bucket or function
 * @param qualifier version or alias of a function; null for none
 */
public record TargetArn(String arn, Service service, String name, @Nullable String qualifier) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-zA-Z0-9-]*:([a-z0-9-]+):([a-z0-9-]*):(\\d{12})?:(.+)");

  /** The services that take records. */
  public enum Service {
    SQS,
    SNS,
    LAMBDA,
    EVENTS,
    S3
  }

  /**
   * Reads an ARN.
   *
   * @param field the member that it stands in, for the message
   * @throws InvalidFunctionException when it names none of the services
   */
  public static TargetArn parse(String field, String arn) {
    Matcher matcher = ARN.matcher(arn);
    if (matcher.matches()) {
      String resource = matcher.group(4);
      switch (matcher.group(1)) {
        case "sqs" -> {
          return new TargetArn(arn, Service.SQS, resource, null);
        }
        case "sns" -> {
          return new TargetArn(arn, Service.SNS, resource, null);
        }
        case "s3" -> {
          return new TargetArn(arn, Service.S3, resource, null);
        }
        case "events" -> {
          if (resource.startsWith("event-bus/")) {
            return new TargetArn(
                arn, Service.EVENTS, resource.substring("event-bus/".length()), null);
          }
        }
        case "lambda" -> {
          String[] parts = resource.split(":", -1);
          if (parts[0].equals("function") && (parts.length == 2 || parts.length == 3)) {
            return new TargetArn(
                arn, Service.LAMBDA, parts[1], parts.length == 3 ? parts[2] : null);
          }
        }
        default -> {}
      }
    }
    throw new InvalidFunctionException(
        field,
        "\""
            + arn
            + "\" is no target. Use the ARN of a queue (sqs), topic (sns), function (lambda), event"
            + " bus (events) or bucket (s3).");
  }
}
