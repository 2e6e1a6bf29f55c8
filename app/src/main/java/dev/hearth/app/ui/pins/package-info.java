/** Past invocations kept as tests. */
@NullMarked
package dev.hearth.app.ui.pins;

import org.jspecify.annotations.NullMarked;
