/** Says how two invocations, or two groups of them, differ. Pure arithmetic. */
@NullMarked
package dev.hearth.app.project.compare;

import org.jspecify.annotations.NullMarked;
