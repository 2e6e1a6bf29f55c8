/** The one gate to background work and back to the FX thread. */
@NullMarked
package dev.hearth.app.task;

import org.jspecify.annotations.NullMarked;
