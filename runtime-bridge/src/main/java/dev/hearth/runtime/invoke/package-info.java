/** Which environment serves a call: pools, concurrency, the synchronous path. */
@NullMarked
package dev.hearth.runtime.invoke;

import org.jspecify.annotations.NullMarked;
