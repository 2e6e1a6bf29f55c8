/** Line lexers for highlighting: plain text in, tokens out, no JavaFX. */
@NullMarked
package dev.hearth.app.ui.kit.code.lex;

import org.jspecify.annotations.NullMarked;
