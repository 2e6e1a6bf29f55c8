/** One execution environment: its state machine, its Runtime API, its process. */
@NullMarked
package dev.hearth.runtime.environment;

import org.jspecify.annotations.NullMarked;
