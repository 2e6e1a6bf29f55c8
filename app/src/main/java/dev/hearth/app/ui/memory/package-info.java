/** The memory of the selected invocation. */
@NullMarked
package dev.hearth.app.ui.memory;

import org.jspecify.annotations.NullMarked;
