package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.Identifiers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A synchronous invocation (invoke-api.md section 2).
 *
 * @param functionName a deployed function, or {@code name:qualifier} with a version or an alias
 * @param payload the event; never null, JSON is not checked here
 * @param requestId a UUID; the caller may choose it so that it can show the call at once
 * @param invokedArn the ARN as the caller qualified it; null for the unqualified ARN
 * @param clientContext decoded JSON text of the client context; null when none
 * @param traceId the trace header; null to make one
 * @param tenantId the tenant of a tenant-isolated function; null for others
 * @param measuresImports whether a new environment serves the call, which measures what loading its
 *     handler is made of and takes longer for it
 */
public record InvokeRequest(
    String functionName,
    byte[] payload,
    String requestId,
    @Nullable String invokedArn,
    @Nullable String clientContext,
    @Nullable String traceId,
    @Nullable String tenantId,
    boolean measuresImports) {
  private static final String FUNCTION = ":function:";

  public InvokeRequest {
    Objects.requireNonNull(functionName, "functionName");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(requestId, "requestId");
  }

  /** A call that any environment may serve. */
  public InvokeRequest(
      String functionName,
      byte[] payload,
      String requestId,
      @Nullable String invokedArn,
      @Nullable String clientContext,
      @Nullable String traceId,
      @Nullable String tenantId) {
    this(functionName, payload, requestId, invokedArn, clientContext, traceId, tenantId, false);
  }

  /** A call of a function that has no tenants. */
  public InvokeRequest(
      String functionName,
      byte[] payload,
      String requestId,
      @Nullable String invokedArn,
      @Nullable String clientContext,
      @Nullable String traceId) {
    this(functionName, payload, requestId, invokedArn, clientContext, traceId, null);
  }

  /**
   * The same call for a tenant of its function, in an environment that serves no other one.
   *
   * @param tenant null for none
   */
  public InvokeRequest forTenant(@Nullable String tenant) {
    return new InvokeRequest(
        functionName,
        payload,
        requestId,
        invokedArn,
        clientContext,
        traceId,
        tenant,
        measuresImports);
  }

  /** The same call, served by a new environment that measures its imports. */
  public InvokeRequest measuringImports() {
    return new InvokeRequest(
        functionName, payload, requestId, invokedArn, clientContext, traceId, tenantId, true);
  }

  /**
   * The function as the caller named it, with its alias where a front end has drawn the version.
   */
  String calledName() {
    int at = invokedArn == null ? -1 : invokedArn.indexOf(FUNCTION);
    return at < 0 ? functionName : invokedArn.substring(at + FUNCTION.length());
  }

  /** A request id that no other call has. */
  public static String newId() {
    return Identifiers.uuid();
  }

  /** A trace header for a call whose caller gave none. */
  public static String newTrace() {
    return Identifiers.traceId();
  }

  /** A plain call with a fresh request id. */
  public static InvokeRequest of(String functionName, byte[] payload) {
    return new InvokeRequest(functionName, payload, newId(), null, null, null);
  }
}
