/** How a process is confined, measured and ended. */
@NullMarked
package dev.hearth.runtime.sandbox;

import org.jspecify.annotations.NullMarked;
