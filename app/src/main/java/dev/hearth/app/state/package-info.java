/** Observable state of the window; FX thread only. */
@NullMarked
package dev.hearth.app.state;

import org.jspecify.annotations.NullMarked;
