package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a function URL answers to browsers about other origins (invoke-api.md section 4). */
final class Cors {
  private final @Nullable JsonNode settings;

  Cors(@Nullable JsonNode settings) {
    this.settings = settings;
  }

  private List<String> list(String member) {
    List<String> values = new ArrayList<>();
    if (settings != null) {
      settings.path(member).forEach(value -> values.add(value.asString()));
    }
    return values;
  }

  /** An origin may be given with a star for any part of it. */
  boolean allows(String origin) {
    for (String allowed : list("AllowOrigins")) {
      String pattern = Pattern.quote(allowed).replace("*", "\\E.*\\Q");
      if (origin.matches(pattern)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the request is answered without a call: only when there are settings. */
  boolean isPreflight(HttpRequest request) {
    return settings != null
        && request.method().equals("OPTIONS")
        && request.header("Origin") != null
        && request.header("Access-Control-Request-Method") != null;
  }

  HttpResponse preflight(HttpRequest request) {
    HttpResponse response = HttpResponse.of(200);
    String origin = request.header("Origin");
    decorate(response, origin);
    join(response, "Access-Control-Allow-Methods", list("AllowMethods"));
    join(response, "Access-Control-Allow-Headers", list("AllowHeaders"));
    if (settings != null && settings.has("MaxAge")) {
      response.header("Access-Control-Max-Age", settings.get("MaxAge").asString());
    }
    return response;
  }

  /** Adds what every answer to another origin carries. */
  HttpResponse decorate(HttpResponse response, @Nullable String origin) {
    if (settings == null || origin == null || !allows(origin)) {
      return response;
    }
    boolean any = list("AllowOrigins").contains("*");
    boolean credentials = settings.path("AllowCredentials").asBoolean(false);
    response.header("Access-Control-Allow-Origin", any && !credentials ? "*" : origin);
    response.header("Vary", "Origin");
    if (credentials) {
      response.header("Access-Control-Allow-Credentials", "true");
    }
    join(response, "Access-Control-Expose-Headers", list("ExposeHeaders"));
    return response;
  }

  private static void join(HttpResponse response, String name, List<String> values) {
    if (!values.isEmpty()) {
      response.header(name, String.join(",", values));
    }
  }
}
