/** The table of invocations: the twin of the timeline. */
@NullMarked
package dev.hearth.app.ui.invocations;

import org.jspecify.annotations.NullMarked;
