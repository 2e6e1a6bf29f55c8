/** How each runtime family is found on this machine and started. */
@NullMarked
package dev.hearth.runtime.language;

import org.jspecify.annotations.NullMarked;
