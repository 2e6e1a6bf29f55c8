/** What is deployed: configuration, code, validation. Plain records. */
@NullMarked
package dev.hearth.runtime.function;

import org.jspecify.annotations.NullMarked;
