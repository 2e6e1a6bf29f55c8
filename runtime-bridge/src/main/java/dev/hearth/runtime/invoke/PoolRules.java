package dev.hearth.runtime.invoke;

import dev.hearth.runtime.event.VirtualClock;

/**
 * What the environments of every function keep to.
 *
 * @param clock what idle time follows
 * @param cap environments of one function at once; calls above it wait in order
 * @param maxWaitNanos how long a call waits there before it is throttled
 * @param idleNanos how long an environment waits for another call
 */
public record PoolRules(VirtualClock clock, int cap, long maxWaitNanos, long idleNanos) {}
