package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.SnapStart;
import dev.hearth.runtime.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Functions that keep their tenants apart: set when they are created, and then every call names its
 * tenant (newer.md section 6). Only the words about a missing tenant are known of AWS; the other
 * refusals are *unverified*.
 */
final class Tenancy {
  private static final String MEMBER = "TenancyConfig";
  private static final Pattern TENANT = Pattern.compile("[a-zA-Z0-9\\._:\\/=+\\-@ ]+");
  private static final int MOST_TENANT = 256;

  private final ControlPlane plane;

  /** By qualified name. The mode never changes, so it is read once for each deployment. */
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(DeployedFunction function, boolean isolates) {}

  Tenancy(ControlPlane plane) {
    this.plane = plane;
  }

  /** Adds what the model forbids to the checks. */
  static void constraints(Checks checks, Body body) throws ApiException {
    Body given = body.structure(MEMBER);
    if (given != null) {
      String mode = given.text("TenantIsolationMode");
      checks
          .required("tenancyConfig.tenantIsolationMode", mode)
          .oneOf("tenancyConfig.tenantIsolationMode", mode, List.of("PER_TENANT"));
    }
  }

  /** The attributes with what a request to create a function says about tenants. */
  static FunctionAttributes given(
      Body body, FunctionConfiguration configuration, FunctionAttributes attributes)
      throws ApiException {
    JsonNode config = body.node(MEMBER);
    if (config == null) {
      return attributes;
    }
    if (configuration.snapStart() == SnapStart.PUBLISHED_VERSIONS) {
      throw lacking("SnapStart");
    }
    return attributes.withSetting(MEMBER, config);
  }

  /**
   * Refuses what functions with tenants don't have.
   *
   * @param feature as the message names it
   */
  static void refuse(ControlPlane plane, String function, String feature) throws ApiException {
    if (isSet(plane, function)) {
      throw lacking(feature);
    }
  }

  private static boolean isSet(ControlPlane plane, String function) {
    return plane.functions().setting(function, MEMBER).isPresent();
  }

  private static ApiException lacking(String feature) {
    return ApiException.invalidParameter(
        feature + " is not supported for functions with tenant isolation mode enabled.");
  }

  /**
   * The tenant of a call; null for a function without tenants.
   *
   * @throws ApiException when the call names none and has to, or names one and may not
   */
  @Nullable String tenant(HttpRequest request, DeployedFunction function) throws ApiException {
    String tenant = request.header("X-Amz-Tenant-Id");
    boolean isolates = isolates(function);
    if (tenant == null) {
      if (isolates) {
        throw ApiException.invalidParameter(
            "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in"
                + " your request and try again.");
      }
      return null;
    }
    new Checks()
        .pattern("tenantId", tenant, TENANT)
        .longest("tenantId", tenant, MOST_TENANT)
        .verify();
    if (!isolates) {
      throw ApiException.invalidParameter(
          "The invoked function is not enabled with tenancy configuration. Remove the tenant ID"
              + " from your request and try again.");
    }
    return tenant;
  }

  private boolean isolates(DeployedFunction function) {
    Known last = known.get(function.qualifiedName());
    if (last == null || last.function() != function) {
      last = new Known(function, isSet(plane, function.name()));
      known.put(function.qualifiedName(), last);
    }
    return last.isolates();
  }
}
