package dev.hearth.app.service;

import dev.hearth.app.store.StoredFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A source as it was at one moment, where it can run.
 *
 * @param sha256 of all of it
 * @param taskRoot the folder that the runtime gets
 * @param files what a stored version keeps of it; read when a version is stored
 */
record FrozenSource(String sha256, Path taskRoot, Supplier<List<StoredFile>> files) {}
