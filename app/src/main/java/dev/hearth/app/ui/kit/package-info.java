/** Controls and conventions that all panels share. */
@NullMarked
package dev.hearth.app.ui.kit;

import org.jspecify.annotations.NullMarked;
