/** JSON as text: where it is broken, and how it looks best, without changing a single value. */
@NullMarked
package dev.hearth.app.project.json;

import org.jspecify.annotations.NullMarked;
