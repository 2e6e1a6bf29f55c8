/** The window: regions, bars, dialogs. */
@NullMarked
package dev.hearth.app.ui.shell;

import org.jspecify.annotations.NullMarked;
