/** The test event that Invoke sends. */
@NullMarked
package dev.hearth.app.ui.event;

import org.jspecify.annotations.NullMarked;
