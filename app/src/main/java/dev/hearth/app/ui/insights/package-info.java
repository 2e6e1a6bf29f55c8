/** How the calls of the session went over time, in small charts. */
@NullMarked
package dev.hearth.app.ui.insights;

import org.jspecify.annotations.NullMarked;
