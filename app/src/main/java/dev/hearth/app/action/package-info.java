/** Every command of the window, once. */
@NullMarked
package dev.hearth.app.action;

import org.jspecify.annotations.NullMarked;
