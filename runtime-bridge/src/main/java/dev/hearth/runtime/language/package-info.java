/**
 * How each runtime family is found on this machine and started.
 *
 * <p>What the runtime processes agree on with the environment that starts them, beyond Lambda's
 * Runtime API:
 *
 * <ul>
 *   <li>The first {@code GET .../invocation/next} and {@code POST .../init/error} of Hearth's own
 *       clients carry {@code Hearth-Init-Phases: boot,importStart,importEnd}: monotonic
 *       nanoseconds, the clock of {@link System#nanoTime()}, at which the client began to run,
 *       began to load the handler, and had loaded it. Java's init errors and custom runtimes lack
 *       the header.
 *   <li>A line feed ends a log event; a carriage return inside an event stands for a line break.
 *       AWS's clients do the same where no log pipe is given (lifecycle.md section 5), and so a
 *       stack trace stays one event. What a function prints itself is not touched.
 *   <li>A fatal error of a Node.js function is posted over a second connection, because the first
 *       one may be waiting for an event.
 *   <li>When the connection is closed while a client waits for an event, the process ends.
 * </ul>
 */
@NullMarked
package dev.hearth.runtime.language;

import org.jspecify.annotations.NullMarked;
