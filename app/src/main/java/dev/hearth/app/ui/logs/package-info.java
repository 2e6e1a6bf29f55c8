/** The log lines of all environments, live. */
@NullMarked
package dev.hearth.app.ui.logs;

import org.jspecify.annotations.NullMarked;
