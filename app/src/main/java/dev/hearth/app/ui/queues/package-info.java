/** The queue of asynchronous invocations and the local targets of their records. */
@NullMarked
package dev.hearth.app.ui.queues;

import org.jspecify.annotations.NullMarked;
