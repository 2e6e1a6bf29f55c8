/** The explorer: functions with their files, and test events. */
@NullMarked
package dev.hearth.app.ui.explorer;

import org.jspecify.annotations.NullMarked;
