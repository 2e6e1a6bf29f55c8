/** What the window shows besides behaviour: style sheets, fonts, texts, templates, samples. */
@NullMarked
package dev.hearth.resources;

import org.jspecify.annotations.NullMarked;
