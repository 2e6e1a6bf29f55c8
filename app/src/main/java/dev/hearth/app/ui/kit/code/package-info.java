/** The code editor: one control for source, events, responses and errors. */
@NullMarked
package dev.hearth.app.ui.kit.code;

import org.jspecify.annotations.NullMarked;
