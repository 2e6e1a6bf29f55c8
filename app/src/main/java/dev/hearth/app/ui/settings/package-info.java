/** The settings of the user and what Hearth found on this machine. */
@NullMarked
package dev.hearth.app.ui.settings;

import org.jspecify.annotations.NullMarked;
