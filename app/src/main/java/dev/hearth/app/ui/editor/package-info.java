/** The editor of source files. */
@NullMarked
package dev.hearth.app.ui.editor;

import org.jspecify.annotations.NullMarked;
