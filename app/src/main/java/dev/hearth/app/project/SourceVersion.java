package dev.hearth.app.project;

import java.time.Instant;

/**
 * An immutable state of a function's source. A new number is given when a call meets source whose
 * hash this function has not had before.
 *
 * @param number 1, 2, 3 ... per function
 * @param sha256 content hash over paths and bytes, hex
 */
public record SourceVersion(long functionId, int number, String sha256, Instant created) {}
