/** What instrumented handlers tell of themselves: X-Ray subsegments and OpenTelemetry spans. */
@NullMarked
package dev.hearth.runtime.trace;

import org.jspecify.annotations.NullMarked;
