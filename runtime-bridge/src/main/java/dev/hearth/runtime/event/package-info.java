/** What happens in the local Lambda, as one sealed hierarchy of records with monotonic times. */
@NullMarked
package dev.hearth.runtime.event;

import org.jspecify.annotations.NullMarked;
