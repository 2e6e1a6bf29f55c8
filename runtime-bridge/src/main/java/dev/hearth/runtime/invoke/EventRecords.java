package dev.hearth.runtime.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.TargetArn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the messages in which an asynchronous invocation ends, in Lambda's form and with its
 * members in Lambda's order (events-and-failure.md sections 1.1 and 1.2). Payloads go in as they
 * are, so that no number changes its digits.
 */
final class EventRecords {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter KEY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/yyyy-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);
  private static final int LONGEST_MESSAGE = 1_024;
  private static final int TOPIC_BYTES = 262_144;
  private static final int QUEUE_BYTES = 1_048_576;

  private EventRecords() {}

  /**
   * An event that has ended.
   *
   * @param response null when the function never ran
   */
  record Ended(
      QueuedEvent event,
      RetryPolicy.Condition condition,
      Instant at,
      byte[] payload,
      InvokeStore.@Nullable LastResponse response) {
    boolean succeeded() {
      return condition == RetryPolicy.Condition.SUCCESS;
    }

    /** The function's ARN, always with a qualifier. */
    String functionArn() {
      String qualifier = event.qualifier();
      return "arn:aws:lambda:%s:%s:function:%s:%s"
          .formatted(
              DeployedFunction.REGION,
              DeployedFunction.ACCOUNT,
              event.functionName(),
              qualifier == null ? DeployedFunction.LATEST : qualifier);
    }
  }

  /** The record of section 1.2. */
  static byte[] record(Ended ended) {
    StringBuilder out = new StringBuilder("{\"version\":\"1.0\",\"timestamp\":");
    out.append(quoted(MILLIS.format(ended.at())));
    out.append(",\"requestContext\":{\"requestId\":").append(quoted(ended.event().requestId()));
    out.append(",\"functionArn\":").append(quoted(ended.functionArn()));
    out.append(",\"condition\":").append(quoted(ended.condition().text()));
    int count = ended.event().attempts() + (ended.succeeded() ? 1 : 0);
    out.append(",\"approximateInvokeCount\":").append(count);
    out.append("},\"requestPayload\":").append(value(ended.payload()));
    InvokeStore.LastResponse response = ended.response();
    if (response != null) {
      out.append(",\"responseContext\":{\"statusCode\":200,\"executedVersion\":");
      out.append(quoted(response.executedVersion()));
      out.append(ended.succeeded() ? "}" : ",\"functionError\":\"Unhandled\"}");
      out.append(",\"responsePayload\":").append(value(response.payload()));
    }
    return out.append('}').toString().getBytes(UTF_8);
  }

  /** The record as a target gets it, or why that target can't take it. */
  static DeliveredRecord delivered(Ended ended, TargetArn target, @Nullable String problem) {
    byte[] body = record(ended);
    Map<String, String> attributes = new LinkedHashMap<>();
    int limit = Integer.MAX_VALUE;
    switch (target.service()) {
      case EVENTS -> {
        body = busEvent(ended, target, body);
        limit = QUEUE_BYTES;
      }
      case SQS -> limit = QUEUE_BYTES;
      case SNS -> limit = TOPIC_BYTES;
      case S3 -> attributes.put("Key", key(ended));
      case LAMBDA -> {}
    }
    return message(
        ended,
        target.arn(),
        ended.succeeded() ? DeliveredRecord.Kind.ON_SUCCESS : DeliveredRecord.Kind.ON_FAILURE,
        new Content(body, attributes, problem == null ? tooLarge(body, limit) : problem));
  }

  /** The original event with why it was given up (section 1.1). */
  static DeliveredRecord deadLetter(Ended ended, String targetArn) {
    InvokeStore.LastResponse response = ended.response();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("RequestID", ended.event().requestId());
    // 200: the function ran and failed. What Lambda writes otherwise has not been seen.
    attributes.put("ErrorCode", response == null ? "429" : "200");
    attributes.put(
        "ErrorMessage", response == null ? "Rate Exceeded." : errorMessage(response.payload()));
    boolean topic = TargetArn.parse("targetArn", targetArn).service() == TargetArn.Service.SNS;
    String problem = tooLarge(ended.payload(), topic ? TOPIC_BYTES : QUEUE_BYTES);
    return message(
        ended,
        targetArn,
        DeliveredRecord.Kind.DEAD_LETTER,
        new Content(ended.payload(), attributes, problem));
  }

  private record Content(byte[] body, Map<String, String> attributes, @Nullable String problem) {}

  private static DeliveredRecord message(
      Ended ended, String targetArn, DeliveredRecord.Kind kind, Content content) {
    Instant at = ended.at();
    return new DeliveredRecord(
        targetArn,
        kind,
        ended.event().requestId(),
        ended.event().functionName(),
        at.getEpochSecond() * 1_000_000_000L + at.getNano(),
        content.body,
        content.attributes,
        content.problem);
  }

  private static @Nullable String tooLarge(byte[] body, int limit) {
    return body.length <= limit
        ? null
        : "%,d bytes are more than the %,d that the target takes.".formatted(body.length, limit);
  }

  private static byte[] busEvent(Ended ended, TargetArn bus, byte[] record) {
    String result = ended.succeeded() ? "Success" : "Failure";
    return """
    {"version":"0","id":%s,"detail-type":"Lambda Function Invocation Result - %s",\
    "source":"lambda","account":"%s","time":%s,"region":"%s","resources":[%s,%s],"detail":%s}\
    """
        .formatted(
            quoted(UUID.randomUUID().toString()),
            result,
            DeployedFunction.ACCOUNT,
            quoted(ended.at().truncatedTo(ChronoUnit.SECONDS).toString()),
            DeployedFunction.REGION,
            quoted(bus.arn()),
            quoted(ended.functionArn()),
            new String(record, UTF_8))
        .getBytes(UTF_8);
  }

  private static String key(Ended ended) {
    return "aws/lambda/async/%s/%s-%s"
        .formatted(ended.event().functionName(), KEY.format(ended.at()), UUID.randomUUID());
  }

  private static String errorMessage(byte[] payload) {
    String message = new String(payload, UTF_8);
    try {
      JsonNode member = JsonMapper.shared().readTree(payload).get("errorMessage");
      if (member != null && member.isString()) {
        message = member.stringValue();
      }
    } catch (JacksonException e) {
      return cut(message);
    }
    return cut(message);
  }

  private static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
  }

  /** JSON as it is; anything else as a string. */
  private static String value(byte[] payload) {
    String text = new String(payload, UTF_8).strip();
    if (text.isEmpty()) {
      return "null";
    }
    try {
      JsonMapper.shared().readTree(text);
      return text;
    } catch (JacksonException e) {
      return quoted(text);
    }
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}
