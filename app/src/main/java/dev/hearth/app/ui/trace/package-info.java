/** One invocation looked at closely: the inspector view and the small trace panel. */
@NullMarked
package dev.hearth.app.ui.trace;

import org.jspecify.annotations.NullMarked;
