/** What the calls cost, by function. */
@NullMarked
package dev.hearth.app.ui.cost;

import org.jspecify.annotations.NullMarked;
