/** The answer of the selected invocation and its log. */
@NullMarked
package dev.hearth.app.ui.response;

import org.jspecify.annotations.NullMarked;
