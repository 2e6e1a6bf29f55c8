/** The entry point and the composition root. */
@NullMarked
package dev.hearth.app;

import org.jspecify.annotations.NullMarked;
