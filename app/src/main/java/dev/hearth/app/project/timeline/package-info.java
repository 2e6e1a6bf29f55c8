/** What the timeline draws of the stored past, at the detail that a picture can show. */
@NullMarked
package dev.hearth.app.project.timeline;

import org.jspecify.annotations.NullMarked;
