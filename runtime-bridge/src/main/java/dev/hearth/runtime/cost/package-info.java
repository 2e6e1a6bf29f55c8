/** Dated price lists and bills: pure arithmetic, no clock, no I/O. */
@NullMarked
package dev.hearth.runtime.cost;

import org.jspecify.annotations.NullMarked;
