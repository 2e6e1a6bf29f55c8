/** Published versions, aliases and the URL of the selected function. */
@NullMarked
package dev.hearth.app.ui.versions;

import org.jspecify.annotations.NullMarked;
