/** Plain records of the workbench: no JavaFX, no SQL. */
@NullMarked
package dev.hearth.app.project;

import org.jspecify.annotations.NullMarked;
