package dev.hearth.app.store;

import org.jspecify.annotations.Nullable;

/**
 * One file of a function's source or of one of its versions.
 *
 * @param path relative, with {@code /} between parts
 * @param size bytes
 * @param sha256 of the content, 32 bytes
 * @param content what is in it; null in a version of a linked folder whose file was too large to
 *     keep
 */
public record StoredFile(
    String path, boolean executable, long size, byte[] sha256, byte @Nullable [] content) {}
