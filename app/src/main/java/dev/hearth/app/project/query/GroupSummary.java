package dev.hearth.app.project.query;

/**
 * The figures of some invocations.
 *
 * @param key what they have in common; empty for all
 * @param errors failed ones without throttled and cancelled ones
 * @param p50Nanos percentiles of the duration by nearest rank; -1 when none was measured
 * @param peakMemoryBytes the highest; -1 when none was measured
 */
public record GroupSummary(
    String key,
    long calls,
    long cold,
    long errors,
    long throttled,
    long p50Nanos,
    long p90Nanos,
    long p99Nanos,
    long peakMemoryBytes,
    long costPicoUsd) {}
