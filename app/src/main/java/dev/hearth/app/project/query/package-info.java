/** The language in which past invocations are asked for: window and command line share it. */
@NullMarked
package dev.hearth.app.project.query;

import org.jspecify.annotations.NullMarked;
