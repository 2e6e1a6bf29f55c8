/** The timeline: a lane per execution environment. */
@NullMarked
package dev.hearth.app.ui.timeline;

import org.jspecify.annotations.NullMarked;
