/**
 * The local Lambda: one front door ({@link dev.hearth.runtime.LocalLambda}) to functions that run
 * as real processes.
 */
@NullMarked
package dev.hearth.runtime;

import org.jspecify.annotations.NullMarked;
