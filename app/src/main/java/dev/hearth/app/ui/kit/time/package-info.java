/** Time on a canvas: scales, rulers and pictures that several panels share. */
@NullMarked
package dev.hearth.app.ui.kit.time;

import org.jspecify.annotations.NullMarked;
