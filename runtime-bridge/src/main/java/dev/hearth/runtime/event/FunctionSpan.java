package dev.hearth.runtime.event;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work that an instrumented handler has told of itself: a subsegment of an X-Ray SDK or
 * a span of OpenTelemetry, in one form.
 *
 * @param id 16 hexadecimal digits; another span with the same id replaces this one
 * @param parentId the span that it is part of, which may be unknown here; null for none
 * @param name never empty
 * @param detail what was called, e.g. {@code GET https://example.com/a · 200}; may be empty
 * @param isRemote whether the work was done elsewhere: a call of another service
 * @param error what went wrong; null when nothing did, empty when nobody said what
 * @param startNanos monotonic
 * @param endNanos monotonic, never before the start
 */
public record FunctionSpan(
    String id,
    @Nullable String parentId,
    String name,
    String detail,
    boolean isRemote,
    @Nullable String error,
    long startNanos,
    long endNanos) {}
