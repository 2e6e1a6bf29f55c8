package dev.hearth.runtime.service;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refused request in the form of the AWS API (invoke-api.md sections 1 and 9). The message is
 * AWS's own wherever AWS has one; the window shows it as it is.
 */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String messageKey;
  private final @Nullable String reason;

  private ApiException(
      int status, String type, String messageKey, String message, @Nullable String reason) {
    super(message);
    this.status = status;
    this.type = type;
    this.messageKey = messageKey;
    this.reason = reason;
  }

  static ApiException functionNotFound(String arn) {
    return new ApiException(
        404, "ResourceNotFoundException", "Message", "Function not found: " + arn, null);
  }

  static ApiException notReachable(String region, String here) {
    return new ApiException(
        404,
        "ResourceNotFoundException",
        "Message",
        "Functions from '" + region + "' are not reachable in this region ('" + here + "')",
        null);
  }

  static ApiException accessDenied(String message) {
    return new ApiException(403, "AccessDeniedException", "Message", message, null);
  }

  /** A value that breaks the model's constraint; its body has the message alone. */
  static ApiException validation(String value, String member, String constraint) {
    return validation(constraintText(value, member, constraint));
  }

  /** The same with the whole text. */
  static ApiException validation(String message) {
    return new ApiException(400, "ValidationException", "message", message, null);
  }

  /** Something else than a function that is not there. */
  static ApiException notFound(String message) {
    return new ApiException(404, "ResourceNotFoundException", "Message", message, null);
  }

  static ApiException conflict(String message) {
    return new ApiException(409, "ResourceConflictException", "message", message, null);
  }

  /** What the caller last saw is not what there is now. */
  static ApiException preconditionFailed(String operation) {
    return new ApiException(
        412,
        "PreconditionFailedException",
        "message",
        "The Revision Id provided does not match the latest Revision Id. Call the "
            + operation
            + " API to retrieve the latest Revision Id",
        null);
  }

  static ApiException requestTooLarge(String message) {
    return new ApiException(413, "RequestEntityTooLargeException", "message", message, null);
  }

  static ApiException codeSigningConfigNotFound(String message) {
    return new ApiException(404, "CodeSigningConfigNotFoundException", "Message", message, null);
  }

  static ApiException resourceInUse(String message) {
    return new ApiException(400, "ResourceInUseException", "Message", message, null);
  }

  /** The wire text is unverified; the type is the model's (invoke-api.md section 2). */
  static ApiException recursive(String function, int calls) {
    return new ApiException(
        400,
        "RecursiveInvocationException",
        "Message",
        "Lambda has detected %s being invoked in a recursive loop %d times and stopped the invocation. Set its recursive loop detection to Allow if that is meant."
            .formatted(function, calls),
        null);
  }

  static ApiException noProvisionedConcurrency() {
    return new ApiException(
        404,
        "ProvisionedConcurrencyConfigNotFoundException",
        "message",
        "No Provisioned Concurrency Config found for this function",
        null);
  }

  static ApiException policyTooLong(String message) {
    return new ApiException(400, "PolicyLengthExceededException", "message", message, null);
  }

  /**
   * An operation of Lambda that Hearth does not have; 501 is a status that SDKs do not try again.
   */
  static ApiException notImplemented(String what) {
    return new ApiException(
        501,
        "NotImplementedException",
        "Message",
        what + " is not implemented by the local Lambda. Nothing was changed.",
        null);
  }

  static ApiException invalidParameter(String message) {
    return new ApiException(400, "InvalidParameterValueException", "message", message, null);
  }

  static String constraintText(String value, String member, String constraint) {
    return "1 validation error detected: Value '"
        + value
        + "' at '"
        + member
        + "' failed to satisfy constraint: Member must "
        + constraint;
  }

  static ApiException invalidRequestContent(String message) {
    return new ApiException(400, "InvalidRequestContentException", "message", message, null);
  }

  static ApiException tooLarge(long bytes, String invocationType, int limit) {
    return requestTooLarge(
        bytes
            + " byte payload is too large for the "
            + invocationType
            + " invocation type (limit "
            + limit
            + " bytes)");
  }

  static ApiException tooManyRequests(String reason) {
    return new ApiException(429, "TooManyRequestsException", "message", "Rate Exceeded.", reason);
  }

  /**
   * This machine can't run the function. Lambda has no word for it; a status of 400 keeps SDKs from
   * trying again what can't succeed.
   */
  static ApiException notRunnable(String message) {
    return new ApiException(400, "InvalidRuntimeException", "Message", message, null);
  }

  /** A version that SnapStart restored could not run (section 9 for the statuses). */
  static ApiException snapStart(String type, String message) {
    int status = type.equals(InvokeOutcome.RestoreFailed.TIMEOUT) ? 408 : 400;
    return new ApiException(status, type, "Message", message, null);
  }

  static ApiException service(String message) {
    return new ApiException(500, "ServiceException", "Message", message, null);
  }

  static ApiException unknownOperation(String message) {
    return new ApiException(404, "UnknownOperationException", "Message", message, null);
  }

  HttpResponse toResponse() {
    Map<String, Object> body = new LinkedHashMap<>();
    if (reason != null) {
      body.put("Reason", reason);
    }
    if (!type.equals("ValidationException")) {
      body.put("Type", status >= 500 ? "Service" : "User");
    }
    body.put(messageKey, getMessage());
    HttpResponse response =
        HttpResponse.of(status, Json.bytes(body))
            .header("Content-Type", "application/json")
            .header("x-amzn-ErrorType", type);
    return reason == null ? response : response.header("Retry-After", "1");
  }
}
