/** The harness of the headless UI tests. */
@NullMarked
package dev.hearth.app.testing;

import org.jspecify.annotations.NullMarked;
