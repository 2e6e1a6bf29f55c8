/** The command line, on the same services as the window; loads no JavaFX. */
@NullMarked
package dev.hearth.app.cli;

import org.jspecify.annotations.NullMarked;
