package dev.hearth.app.project;

import org.jspecify.annotations.Nullable;

/**
 * The life of one execution environment, for the timeline. Times are nanoseconds since the epoch; 0
 * for what has not happened.
 *
 * @param initEndedAt when its first init ended
 * @param goneReason a few words, null while it lives (or when Hearth was killed)
 */
public record EnvironmentRecord(
    String environmentId,
    String functionName,
    int memoryMb,
    long startedAt,
    long initEndedAt,
    long goneAt,
    @Nullable String goneReason) {}
